import { Help, type Argument, type Command, type Option } from 'commander';
import { notesOf } from './help/attach.ts';
import type { Notes } from './help/notes.ts';
import { envName } from './option.ts';

/** An argument of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly choices: readonly string[];
}

/** A flag of a command. */
export interface FlagSpec {
  /** `-y`, `--yes`. */
  readonly names: readonly string[];
  readonly description: string;
  /** True if a value follows. */
  readonly takesValue: boolean;
  /** The value's name in the help: `<name>`. */
  readonly value?: string;
  readonly choices: readonly string[];
  /** The environment variable that sets the flag. `--help` and `--version` have none. */
  readonly env?: string;
  readonly default?: string;
}

/** A command with the contents of its help: for completion scripts, the man page and docs/commands.md. */
export interface CommandSpec {
  /** The words of the command: `['lab', 'up']`; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  /** `netloom lab up [options] <file>`. */
  readonly usage: string;
  readonly arguments: readonly ArgumentSpec[];
  /** The command's own flags, then those of the program, which every command accepts. */
  readonly flags: readonly FlagSpec[];
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  /** True if the first argument is a file. */
  readonly file: boolean;
  /** Choices of the first argument. */
  readonly choices: readonly string[];
  readonly notes: Notes;
  /** The path of the JSON Schema of `--json` in the package; absent if the command has no `--json`. */
  readonly schema?: string;
}

/** Returns every command of a tree, the root first. */
export function commandSpecs(program: Command): readonly CommandSpec[] {
  const global = flagsOf(program).filter((flag) => !flag.names.includes('--version'));
  const walk = (command: Command, path: readonly string[]): readonly CommandSpec[] => [
    specOf(command, path, path.length === 0 ? [] : global),
    ...command.commands.flatMap((child) => walk(child, [...path, child.name()])),
  ];
  return walk(program, []);
}

function specOf(command: Command, path: readonly string[], inherited: readonly FlagSpec[]): CommandSpec {
  const [first] = command.registeredArguments;
  const notes = notesOf(command);
  return {
    path,
    description: command.description(),
    usage: new Help().commandUsage(command),
    arguments: command.registeredArguments.map(argumentOf),
    flags: [...flagsOf(command), ...inherited, HELP],
    subcommands: command.commands.map((child) => ({ name: child.name(), description: child.description() })),
    file: first?.name() === 'file',
    choices: first?.argChoices ?? [],
    notes,
    ...(notes.json !== undefined && { schema: `schemas/${path.join('-')}.schema.json` }),
  };
}

const HELP: FlagSpec = { names: ['-h', '--help'], description: 'display help', takesValue: false, choices: [] };

function argumentOf(argument: Argument): ArgumentSpec {
  const { description, required, variadic, argChoices } = argument;
  return { name: argument.name(), description, required, variadic, choices: argChoices ?? [] };
}

function flagsOf(command: Command): readonly FlagSpec[] {
  return command.options.map((option): FlagSpec => {
    const env = envName(option);
    const value = /[<[].*$/.exec(option.flags)?.[0];
    return {
      names: [option.short, option.long].filter((name) => name !== undefined),
      description: option.description.replace(` (env: ${env})`, ''),
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
      ...(value !== undefined && { value }),
      ...(option.long !== '--version' && { env }),
      ...defaultOf(option),
    };
  });
}

function defaultOf({ defaultValue, negate }: Option): Pick<FlagSpec, 'default'> {
  return typeof defaultValue === 'string' && !negate ? { default: defaultValue } : {};
}
