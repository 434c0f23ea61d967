import { InvalidArgumentError, Option, type Command } from 'commander';

const TRUE: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on']);
const FALSE: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** The optional properties of a flag. */
export interface FlagOptions {
  readonly choices?: readonly string[];
  readonly default?: string;
  /** Its environment variable, if a flag of the same name has another meaning in another command. */
  readonly env?: string;
}

/** Returns a flag's variable: `--detailed-exitcode` → `NETLOOM_DETAILED_EXITCODE`, unless it has one of its own. */
export function envName(option: Option): string {
  return ENV_NAMES.get(option) ?? `NETLOOM_${option.name().toUpperCase().replaceAll('-', '_')}`;
}

const ENV_NAMES = new WeakMap<Option, string>();

/**
 * Adds a flag; the help shows its environment variable. A variable has one meaning for all commands: the same choices,
 * and the same description up to the first `;`.
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
 * Adds a flag with a value that may be given several times. `read` parses one value and throws an InvalidArgumentError
 * if it is invalid.
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

/** Adds a flag with a list of names: separated by commas, in several flags, or both. */
export function addNamesFlag(command: Command, flags: string, description: string): Command {
  addFlag(command, flags, description);
  command.options.at(-1)?.argParser<readonly string[] | undefined>((value, before) => {
    const names = value.split(',').map((name) => name.trim());
    if (names.includes('')) throw new InvalidArgumentError('a name is empty.');
    return [...new Set([...(before ?? []), ...names])];
  });
  return command;
}

/**
 * Sets the flags that are absent on the command line from the environment. The variable of a boolean flag is 1, true,
 * yes, on, or 0, false, no, off. Any other value is an error, because `NETLOOM_YES=never` must not mean yes. An empty
 * variable of a flag with a value counts as unset.
 */
export function readEnvironment(command: Command, env: NodeJS.ProcessEnv): void {
  for (const option of command.options) {
    const value = env[envName(option)];
    const key = option.attributeName();
    const source = command.getOptionValueSource(key);
    const takesValue = option.required || option.optional;
    if (value === undefined || (value === '' && takesValue) || (source !== undefined && source !== 'default')) continue;
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
