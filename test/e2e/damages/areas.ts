import type { Damage } from './damage.ts';
import type { Names } from './names.ts';
import { daemons } from './daemons.ts';
import { desired } from './desired.ts';
import { l3 } from './l3.ts';
import { links } from './links.ts';
import { netfilter } from './netfilter.ts';
import { nodeRows } from './node.ts';
import { outside } from './outside.ts';

/** The damages by area, in the order in which they are tried. */
export const AREAS: Readonly<Record<string, (names: Names) => readonly Damage[]>> = {
  netfilter,
  l3,
  links,
  daemons,
  node: nodeRows,
  desired,
  outside,
};
