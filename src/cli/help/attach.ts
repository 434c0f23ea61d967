import type { Command } from 'commander';
import type { Notes } from './notes.ts';
import { notesText } from './text.ts';

const NONE: Notes = { about: [], exitCodes: [], examples: [] };
const NOTES = new WeakMap<Command, Notes>();

/** Returns the notes on a command; empty notes if it has none. */
export function notesOf(command: Command): Notes {
  return NOTES.get(command) ?? NONE;
}

/** Adds notes to a command. The help prints them at its end, wrapped to the terminal's width. */
export function addNotes(command: Command, notes: Partial<Notes>): Command {
  const isFirst = !NOTES.has(command);
  NOTES.set(command, { ...notesOf(command), ...notes });
  if (!isFirst) return command;
  return command.addHelpText('after', ({ error }) => {
    const output = command.configureOutput();
    return notesText(notesOf(command), (error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.()) ?? 80);
  });
}
