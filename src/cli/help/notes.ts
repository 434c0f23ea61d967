/** An exit code of a command and what it means. */
export type ExitCode = readonly [code: number | string, meaning: string];

/** A comment, and a command line without the program's name. */
export type Example = readonly [comment: string, line: string];

/** What `--json` prints: one JSON document, or a JSON object per line. */
export type JsonForm = 'document' | 'lines';

/** What the help and the manual say about a command beyond commander's own data. */
export interface Notes {
  /** Paragraphs, one string each. */
  readonly about: readonly string[];
  readonly exitCodes: readonly ExitCode[];
  readonly examples: readonly Example[];
  /** Absent where the command has no `--json`. */
  readonly json?: JsonForm;
}
