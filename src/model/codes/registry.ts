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

/** Every code there is, by subject, in the order of docs/codes.md. A code keeps its meaning: one that goes is not used again. */
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

/** The codes that begin with these letters and go on with digits: those of a topology with `NL`, those of the lab with `NLL`. */
export type CodeOf<Letters extends string> = Extract<Code, `${Letters}${number}`>;
