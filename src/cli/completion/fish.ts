import type { ArgumentSpec, CommandSpec, FlagSpec } from '../command-spec.ts';
import { NAMES_OF, namesForArgument, namesForFlag } from './names.ts';

/** Returns a completion script for fish: a line per command and flag, each with the condition for offering it. */
export function fishScript(name: string, specs: readonly CommandSpec[]): string {
  const lines = specs.flatMap((spec) => commandLines(name, spec, specs));
  return `# fish completion for ${name}
function __${name}_at
  # True if the words before the cursor, without flags, begin with the arguments.
  set -l words (commandline -opc)
  set -e words[1]
  set -l plain (string match -v -- '-*' $words)
  test (count $plain) -ge (count $argv); or return 1
  for i in (seq (count $argv))
    test "$plain[$i]" = "$argv[$i]"; or return 1
  end
end
function __${name}_only
  # True if the words before the cursor, without flags, are exactly the arguments.
  set -l words (commandline -opc)
  set -e words[1]
  __${name}_at $argv; and test (count (string match -v -- '-*' $words)) -eq (count $argv)
end
function __${name}_after
  # True if the words before the cursor are the arguments after the first, and then as many words as the first says.
  set -l more $argv[1]
  set -e argv[1]
  set -l words (commandline -opc)
  set -e words[1]
  __${name}_at $argv; and test (count (string match -v -- '-*' $words)) -eq (math (count $argv) + $more)
end
function __${name}_names
  # The names of the topology file on the line.
  set -l file
  for word in (commandline -opc)
    if string match -qr '\\.ya?ml$' -- $word; and test -f $word
      set file $word
    end
  end
  command ${name} ${NAMES_OF} $argv[1] $file 2>/dev/null </dev/null
end
complete -c ${name} -f
${lines.join('\n')}
`;
}

function commandLines(name: string, spec: CommandSpec, specs: readonly CommandSpec[]): readonly string[] {
  const only = quote(`__${name}_only ${spec.path.join(' ')}`.trimEnd());
  const leaf = specs.every((other) => other === spec || !isBelow(other.path, spec.path));
  const at = leaf ? quote(`__${name}_at ${spec.path.join(' ')}`.trimEnd()) : only;
  return [
    ...spec.subcommands.map(
      (child) => `complete -c ${name} -n ${only} -a ${child.name} -d ${quote(child.description)}`,
    ),
    ...spec.choices.map((choice) => `complete -c ${name} -n ${only} -a ${choice}`),
    ...spec.arguments.flatMap((argument, index) => argumentLines(name, spec, argument, index)),
    ...spec.flags.map((flag) => `complete -c ${name} -n ${at} ${flagText(name, flag)}`),
  ];
}

function argumentLines(name: string, { path }: CommandSpec, argument: ArgumentSpec, index: number): readonly string[] {
  const when = argument.variadic ? `at ${path.join(' ')}` : `after ${String(index)} ${path.join(' ')}`;
  const condition = quote(`__${name}_${index === 0 && !argument.variadic ? `only ${path.join(' ')}` : when}`);
  const kind = namesForArgument(path, argument.name);
  return [
    ...(argument.name === 'file' ? [`complete -c ${name} -n ${condition} -F`] : []),
    ...(kind === undefined ? [] : [`complete -c ${name} -n ${condition} -a '(__${name}_names ${kind})'`]),
  ];
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && above.every((word, i) => path[i] === word);
}

function flagText(program: string, { names, description, takesValue, choices }: FlagSpec): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const kind = namesForFlag(names);
  const values = kind === undefined ? choices.join(' ') : `(__${program}_names ${kind})`;
  const value = takesValue ? [`-x${values === '' ? '' : ` -a ${quote(values)}`}`] : [];
  return [...spelt, ...value, `-d ${quote(description)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
