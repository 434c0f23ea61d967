import type { CodeOf } from '../../model/codes/registry.ts';
import type { Diagnostic, RelatedLocation } from '../../model/diagnostic.ts';
import type { SourceRange } from '../../model/position.ts';

/** Why a file is not read. */
export interface Refusal {
  readonly code: CodeOf<'NL'>;
  readonly summary: string;
  readonly hint?: string | undefined;
  /** True if the file itself is larger than it may be. */
  readonly tooLarge?: boolean;
}

/** A refusal as an error at the entry that names the file. */
export function refusalDiagnostic(
  { code, summary, hint }: Refusal,
  range: SourceRange | undefined,
  related?: RelatedLocation,
): Diagnostic {
  return {
    code,
    severity: 'error',
    summary,
    ...(range && { range }),
    ...(related && { related: [related] }),
    ...(hint !== undefined && { hint }),
  };
}

/** A file as it was read. Two paths with the same `identity` lead to the same file. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly identity: string;
}

/** The result of reading a path. */
export type Reading =
  | { readonly content: Content; readonly refusal?: undefined }
  | { readonly content?: undefined; readonly refusal: Refusal };

/**
 * The folder of a topology file: the only one that files named in the topology are read from. A path is relative to it,
 * normalised, and does not begin with `..`. Each path is read once: later calls return the same reading.
 */
export interface Folder {
  /** The topology file itself. */
  readonly main: { readonly path: string; readonly identity: string };
  /** Reads a regular file of at most `largest` bytes. Never throws, and never waits for another program. */
  read(path: string, largest: number): Reading;
  /** The name of a path in diagnostics. */
  nameOf(path: string): string;
  /** All readings so far. */
  readonly readings: readonly { readonly path: string; readonly largest: number; readonly reading: Reading }[];
  /** Absolute paths of all files read so far, also of refused ones, each with its `fileStamp` at that time. */
  stamps(): ReadonlyMap<string, string>;
}

/** The most bytes of all files of a folder together. */
export const LARGEST_TOTAL = 16 * 1024 * 1024;

/** The most files of a folder that are read. */
export const MOST_FILES = 1000;

/** True if a folder that was opened later has the same content at every path that the earlier one read. */
export function readsTheSame(earlier: Folder | undefined, later: Folder | undefined): boolean {
  if (earlier === undefined || later === undefined) return earlier === later;
  return earlier.readings.every(({ path, largest, reading }) => {
    const { content, refusal } = later.read(path, largest);
    if (content === undefined || reading.content === undefined) return refusal?.summary === reading.refusal?.summary;
    return Buffer.compare(content.bytes, reading.content.bytes) === 0;
  });
}
