import type { SourceRange } from '../model/position.ts';
import type { Topology } from './types.gen.ts';

declare const valid: unique symbol;

/** A way into the document: keys of mappings and indexes of lists, from the top. */
export type Path = readonly (string | number)[];

/** Which part of an entry is meant: its key or its value. An item of a list has no key; its value is taken. */
export type Part = 'key' | 'value';

/** Where an entry of the document stands in the file; `undefined` when there is none. The default is the value. */
export type Locate = (path: Path, what?: Part) => SourceRange | undefined;

/**
 * A topology that has passed every check. Only `loadTopology` makes one. `doc` is what the file and those that it
 * includes say, with merge keys and aliases resolved, without `x-` keys and nothing filled in: for what stands where
 * the file is silent, ask `defaults.ts`. Its mappings have no prototype, so a lookup of any name is safe.
 */
export interface ValidTopology {
  readonly [valid]: true;
  /** The name given to `loadTopology`, as it appears in diagnostics. */
  readonly file: string;
  readonly doc: Topology;
  readonly locate: Locate;
  /** The content of each `user_data_file`, by the instance's name. */
  readonly userData: ReadonlyMap<string, Uint8Array>;
}
