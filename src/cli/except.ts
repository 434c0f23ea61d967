import { commandLine } from '../model/command-line.ts';

/** The commands that have `--except`. */
const COMMANDS: ReadonlySet<string> = new Set(['apply', 'destroy', 'plan', 'show', 'verify', 'watch']);

/**
 * Returns a command line of netloom, ready to be typed, that leaves out these nodes as well; `undefined` for a command
 * that cannot leave out nodes. Nodes that the environment leaves out are named, because a flag replaces its variable.
 */
export function commandExcept(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  nodes: readonly string[],
): string | undefined {
  const at = argv.findIndex((word) => COMMANDS.has(word));
  if (at < 0 || argv.slice(0, at).some((word) => !word.startsWith('-'))) return undefined;
  const known: string[] = [];
  const rest: string[] = [];
  const words = argv.slice(at + 1);
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--except') known.push(words[(i += 1)] ?? '');
    else if (word.startsWith('--except=')) known.push(word.slice('--except='.length));
    else rest.push(word);
  }
  if (known.length === 0) known.push(env['NETLOOM_EXCEPT'] ?? '');
  const names = new Set([...known.flatMap((list) => list.split(',')), ...nodes].map((name) => name.trim()));
  names.delete('');
  return commandLine(...argv.slice(0, at + 1), '--except', [...names].join(','), ...rest);
}
