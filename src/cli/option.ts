import { InvalidArgumentError, Option, type Command } from 'commander';

const TRUE: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on']);
const FALSE: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** What a flag may have besides its description. */
export interface FlagOptions {
  readonly choices?: readonly string[];
  readonly default?: string;
  /** Its environment variable, where another command's flag of this name means something else. */
  readonly env?: string;
}

/** `--detailed-exitcode` → `NETLOOM_DETAILED_EXITCODE`, unless the flag has a variable of its own. */
export function envName(option: Option): string {
  return ENV_NAMES.get(option) ?? `NETLOOM_${option.name().toUpperCase().replaceAll('-', '_')}`;
}

const ENV_NAMES = new WeakMap<Option, string>();

/**
 * Adds a flag; its environment variable is in the help. A variable means the same in every command: the same choices,
 * and the same description up to its first `;`.
 */
export function addFlag(command: Command, flags: string, description: string, more: FlagOptions = {}): Command {
  const option = new Option(flags, description);
  if (more.choices) option.choices(more.choices);
  if (more.default !== undefined) option.default(more.default);
  if (more.env !== undefined) ENV_NAMES.set(option, more.env);
  option.description = `${description} (env: ${envName(option)})`;
  return command.addOption(option);
}

/**
 * Adds a flag that may be given several times, each with a value. `read` gives what is wrong with one by an
 * InvalidArgumentError.
 */
export function addListFlag(
  command: Command,
  flags: string,
  description: string,
  read: (value: string) => string,
): Command {
  addFlag(command, flags, description);
  command.options.at(-1)?.argParser<readonly string[] | undefined>((value, before) => [...(before ?? []), read(value)]);
  return command;
}

/**
 * Takes from the environment the flags that the command line does not give. A switch's variable reads 1, true, yes, on,
 * or 0, false, no, off; anything else is a wrong use, for `NETLOOM_YES=never` must not mean yes.
 */
export function readEnvironment(command: Command, env: NodeJS.ProcessEnv): void {
  for (const option of command.options) {
    const value = env[envName(option)];
    const key = option.attributeName();
    const source = command.getOptionValueSource(key);
    if (value === undefined || (source !== undefined && source !== 'default')) continue;
    command.setOptionValueWithSource(key, parse(command, option, value), 'env');
  }
}

function parse(command: Command, option: Option, value: string): unknown {
  if (option.required || option.optional) {
    if (!option.parseArg) return value;
    try {
      return option.parseArg<unknown>(value, undefined);
    } catch (error) {
      if (error instanceof InvalidArgumentError) wrong(command, option, error.message);
      throw error;
    }
  }
  const word = value.toLowerCase();
  if (!TRUE.has(word) && !FALSE.has(word)) wrong(command, option, `it must be 1 or 0, not ${JSON.stringify(value)}.`);
  return TRUE.has(word) !== option.negate;
}

function wrong(command: Command, option: Option, what: string): never {
  command.error(`error: environment variable ${envName(option)}: ${what}`, { exitCode: 1 });
}
