import type { CommandSpec } from '../command-spec.ts';

/**
 * A bash script. It finds the command among the words already there, then offers its subcommands or flags, the choices
 * of a flag or argument, or files. It needs no bash-completion package.
 */
export function bashScript(name: string, specs: readonly CommandSpec[]): string {
  return `# bash completion for ${name}
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= position=0 skip= word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == -- ]]; then return; fi
    if [[ -n $skip ]]; then skip=; continue; fi
    case "$command:$word" in
${indent(valueFlags(specs), 6)}
      *:-*) ;;
${indent(subcommands(specs), 6)}
      *) position=$((position + 1)) ;;
    esac
  done
  case "$command:$prev" in
${indent(choices(specs), 4)}
  esac
  case "$command" in
${indent(words(specs), 4)}
  esac
}
complete -F _${name} ${name}
`;
}

function key(spec: CommandSpec): string {
  return spec.path.join(' ');
}

/** Flags whose next word is a value, and neither command nor argument. */
function valueFlags(specs: readonly CommandSpec[]): readonly string[] {
  return specs.flatMap((spec) =>
    spec.flags
      .filter((flag) => flag.takesValue)
      .map((flag) => `${flag.names.map((flagName) => `"${key(spec)}:${flagName}"`).join(' | ')}) skip=1 ;;`),
  );
}

function subcommands(specs: readonly CommandSpec[]): readonly string[] {
  return specs
    .filter((spec) => spec.path.length > 0)
    .map((spec) => `"${spec.path.slice(0, -1).join(' ')}:${spec.path.at(-1) ?? ''}") command="${key(spec)}" ;;`);
}

function choices(specs: readonly CommandSpec[]): readonly string[] {
  return specs.flatMap((spec) =>
    spec.flags
      .filter((flag) => flag.takesValue)
      .map((flag) => {
        const patterns = flag.names.map((flagName) => `"${key(spec)}:${flagName}"`).join(' | ');
        return `${patterns}) COMPREPLY=($(compgen -W "${flag.choices.join(' ')}" -- "$cur")); return ;;`;
      }),
  );
}

function words(specs: readonly CommandSpec[]): readonly string[] {
  return specs.flatMap((spec) => {
    const flags = spec.flags.flatMap((flag) => flag.names).join(' ');
    const plain = [...spec.subcommands.map((child) => child.name), ...spec.choices].join(' ');
    const other = spec.file
      ? 'elif [[ $position == 0 ]]; then compopt -o filenames; COMPREPLY=($(compgen -f -- "$cur"))'
      : `elif [[ $position == 0 ]]; then COMPREPLY=($(compgen -W "${plain}" -- "$cur"))`;
    return [
      `"${key(spec)}")`,
      `  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "${flags}" -- "$cur"))`,
      `  ${other}; fi ;;`,
    ];
  });
}

function indent(lines: readonly string[], spaces: number): string {
  return lines.map((line) => ' '.repeat(spaces) + line).join('\n');
}
