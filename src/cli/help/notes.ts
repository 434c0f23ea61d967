/** An exit code of a command and what it means. */
export type ExitCode = readonly [code: number | string, meaning: string];

/** A command line without the program's name, and a comment on it. */
export type Example = readonly [comment: string, line: string];

/** The form of `--json`: one JSON document, or a JSON object per line. */
export type JsonForm = 'document' | 'lines';

/** The contents of a command's help and man page that commander has no fields for. */
export interface Notes {
  /** Paragraphs, one string each. */
  readonly about: readonly string[];
  readonly exitCodes: readonly ExitCode[];
  readonly examples: readonly Example[];
  /** Absent if the command has no `--json`. */
  readonly json?: JsonForm;
}
