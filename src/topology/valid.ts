import type { SourceRange } from '../model/position.ts';
import type { Topology } from './types.gen.ts';

declare const valid: unique symbol;

/** A path in the document: keys of mappings and indexes of lists, from the top. */
export type Path = readonly (string | number)[];

/** A part of an entry: its key or its value. An item of a list has no key; its value is used. */
export type Part = 'key' | 'value';

/** Returns the range of an entry in its file, by default of its value; `undefined` if there is no such entry. */
export type Locate = (path: Path, what?: Part) => SourceRange | undefined;

/**
 * A topology that has passed every check. Only `loadTopology` makes one. `doc` is the content of the file and of those
 * that it includes, with merge keys and aliases resolved, without `x-` keys and without defaults, which are in
 * `defaults.ts`. Its mappings have no prototype, so a lookup of any name is safe.
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
