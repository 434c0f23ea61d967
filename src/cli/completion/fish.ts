import type { CommandSpec, FlagSpec } from '../command-spec.ts';

/** A fish script: a line per command and flag, each with the condition under which it is offered. */
export function fishScript(name: string, specs: readonly CommandSpec[]): string {
  const lines = specs.flatMap((spec) => commandLines(name, spec, specs));
  return `# fish completion for ${name}
function __${name}_at
  # True when the words already there, flags aside, begin with the arguments, and the next is none of a longer command.
  set -l words (commandline -opc)
  set -e words[1]
  set -l plain (string match -v -- '-*' $words)
  test (count $plain) -ge (count $argv); or return 1
  for i in (seq (count $argv))
    test "$plain[$i]" = "$argv[$i]"; or return 1
  end
end
function __${name}_only
  # The same, and nothing more.
  set -l words (commandline -opc)
  set -e words[1]
  __${name}_at $argv; and test (count (string match -v -- '-*' $words)) -eq (count $argv)
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
    ...(spec.file ? [`complete -c ${name} -n ${only} -F`] : []),
    ...spec.choices.map((choice) => `complete -c ${name} -n ${only} -a ${choice}`),
    ...spec.flags.map((flag) => `complete -c ${name} -n ${at} ${flagText(flag)}`),
  ];
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && above.every((word, i) => path[i] === word);
}

function flagText({ names, description, takesValue, choices }: FlagSpec): string {
  const spelt = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takesValue ? [`-x${choices.length > 0 ? ` -a ${quote(choices.join(' '))}` : ''}`] : [];
  return [...spelt, ...value, `-d ${quote(description)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
