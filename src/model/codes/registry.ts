import { COMMANDS } from './commands.ts';
import { APPLY, GUARD, OBSERVE, PLAN, RESOLVE } from './engine.ts';
import { HOSTS, LAB } from './machines.ts';
import { FILE, SHAPE, YAML } from './text.ts';
import {
  ADDRESSES,
  DHCP,
  EXPECTATIONS,
  IDENTITY,
  METADATA,
  PLACEMENT,
  REFERENCES,
  SECURITY_GROUPS,
} from './topology.ts';

/**
 * Every code, by subject, in the order of docs/codes.md. A code keeps its meaning: the code of a removed diagnostic is
 * never used again.
 */
export const FAMILIES = [
  FILE,
  YAML,
  SHAPE,
  REFERENCES,
  PLACEMENT,
  ADDRESSES,
  IDENTITY,
  EXPECTATIONS,
  METADATA,
  DHCP,
  SECURITY_GROUPS,
  RESOLVE,
  HOSTS,
  OBSERVE,
  PLAN,
  GUARD,
  APPLY,
  LAB,
  COMMANDS,
] as const;

type KeysOf<F> = F extends { readonly codes: infer Codes } ? keyof Codes : never;

/** A code of a diagnostic. */
export type Code = KeysOf<(typeof FAMILIES)[number]>;

/** The codes made of these letters and digits: `NL` for those of a topology file, `NLL` for those of the lab. */
export type CodeOf<Letters extends string> = Extract<Code, `${Letters}${number}`>;
