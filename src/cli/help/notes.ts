import type { Command } from 'commander';
import { notesText } from './text.ts';

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

const NONE: Notes = { about: [], exitCodes: [], examples: [] };
const NOTES = new WeakMap<Command, Notes>();

/** Returns the notes on a command; empty ones where it has none. */
export function notesOf(command: Command): Notes {
  return NOTES.get(command) ?? NONE;
}

/** Adds notes to a command. They are printed below its help, wrapped to the terminal's width. */
export function addNotes(command: Command, notes: Partial<Notes>): Command {
  const isFirst = !NOTES.has(command);
  NOTES.set(command, { ...notesOf(command), ...notes });
  if (!isFirst) return command;
  return command.addHelpText('after', ({ error }) => {
    const output = command.configureOutput();
    return notesText(notesOf(command), (error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.()) ?? 80);
  });
}
