import type { Command } from 'commander';

/** A flag as a shell has to know it. */
export interface FlagSpec {
  /** `-y`, `--yes`. */
  readonly names: readonly string[];
  readonly description: string;
  /** A value follows. */
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** A command as a shell has to know it. */
export interface CommandSpec {
  /** Words that lead to it: `['lab', 'up']`; none for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly flags: readonly FlagSpec[];
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  /** The first argument is a file. */
  readonly file: boolean;
  /** Choices of the first argument. */
  readonly choices: readonly string[];
}

/** Every command of a tree, the root first. Flags of the root are accepted everywhere. */
export function commandSpecs(program: Command): readonly CommandSpec[] {
  const global = flagsOf(program).filter((flag) => !flag.names.includes('--version'));
  const walk = (command: Command, path: readonly string[]): readonly CommandSpec[] => [
    specOf(command, path, path.length === 0 ? [] : global),
    ...command.commands.flatMap((child) => walk(child, [...path, child.name()])),
  ];
  return walk(program, []);
}

function specOf(command: Command, path: readonly string[], inherited: readonly FlagSpec[]): CommandSpec {
  const first = command.registeredArguments[0];
  return {
    path,
    description: command.description(),
    flags: [...flagsOf(command), ...inherited, HELP],
    subcommands: command.commands.map((child) => ({ name: child.name(), description: child.description() })),
    file: first?.name() === 'file',
    choices: first?.argChoices ?? [],
  };
}

const HELP: FlagSpec = { names: ['-h', '--help'], description: 'display help', takesValue: false, choices: [] };

function flagsOf(command: Command): readonly FlagSpec[] {
  return command.options.map((option) => ({
    names: [option.short, option.long].filter((name) => name !== undefined),
    description: option.description.replace(/ \(env: \w+\)$/, ''),
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }));
}
