import type { CommandSpec, FlagSpec } from '../command-spec.ts';
import { NAMES_OF, namesForArgument, namesForFlag } from './names.ts';

/**
 * Returns a completion script for bash. It finds the command among the words before the cursor, and offers its
 * subcommands, flags and choices, names of the topology on the line, or files. It works without bash-completion.
 */
export function bashScript(name: string, specs: readonly CommandSpec[]): string {
  return `# shellcheck shell=bash
# bash completion for ${name}
_${name}_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur")
}
_${name}_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
# Adds names of the topology file on the line. They are data: no part of them is expanded.
_${name}_names() {
  local file='' word
  for word in "\${COMP_WORDS[@]:1}"; do
    word=\${word//[\\\\\\'\\"]/}
    if [[ \${word:0:2} == [~]/ ]]; then word=$HOME/\${word:2}; fi
    if [[ ( $word == *.yaml || $word == *.yml ) && -f $word ]]; then file=$word; fi
  done
  while IFS= read -r word; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
  done < <(command ${name} ${NAMES_OF} "$1" "$file" 2>/dev/null </dev/null)
}
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' position=0 skip='' word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == -- ]]; then return; fi
    if [[ -n $skip ]]; then skip=''; continue; fi
    case "$command:$word" in
${indent(valueFlags(specs), 6)}
      *:-*) ;;
${indent(subcommands(specs), 6)}
      *) position=$((position + 1)) ;;
    esac
  done
  case "$command:$prev" in
${indent(flagValues(name, specs), 4)}
  esac
  if [[ $cur == -* ]]; then
    case "$command" in
${indent(flagNames(name, specs), 6)}
    esac
    return
  fi
  case "$command:$position" in
${indent(argumentValues(name, specs), 4)}
  esac
}
complete -F _${name} ${name}
`;
}

function key(spec: CommandSpec): string {
  return spec.path.join(' ');
}

function patterns(spec: CommandSpec, { names }: FlagSpec): string {
  return names.map((flagName) => `"${key(spec)}:${flagName}"`).join(' | ');
}

function flagsWithValue(specs: readonly CommandSpec[]): readonly (readonly [CommandSpec, FlagSpec])[] {
  return specs.flatMap((spec) => spec.flags.filter((flag) => flag.takesValue).map((flag) => [spec, flag] as const));
}

/** Returns the cases of flags that take the next word as their value. */
function valueFlags(specs: readonly CommandSpec[]): readonly string[] {
  return flagsWithValue(specs).map(([spec, flag]) => `${patterns(spec, flag)}) skip=1 ;;`);
}

function subcommands(specs: readonly CommandSpec[]): readonly string[] {
  return specs
    .filter((spec) => spec.path.length > 0)
    .map((spec) => `"${spec.path.slice(0, -1).join(' ')}:${spec.path.at(-1) ?? ''}") command="${key(spec)}" ;;`);
}

function flagValues(name: string, specs: readonly CommandSpec[]): readonly string[] {
  return flagsWithValue(specs).map(([spec, flag]) => {
    const names = namesForFlag(flag.names);
    const offer = names === undefined ? `_${name}_words "${flag.choices.join(' ')}"` : `_${name}_names ${names}`;
    return `${patterns(spec, flag)}) ${offer}; return ;;`;
  });
}

function flagNames(name: string, specs: readonly CommandSpec[]): readonly string[] {
  return specs.map((spec) => {
    const flags = spec.flags.flatMap((flag) => flag.names).join(' ');
    return `"${key(spec)}") _${name}_words "${flags}" ;;`;
  });
}

function argumentValues(name: string, specs: readonly CommandSpec[]): readonly string[] {
  return specs.flatMap((spec) => {
    if (spec.subcommands.length > 0) {
      return [`"${key(spec)}:0") _${name}_words "${spec.subcommands.map((child) => child.name).join(' ')}" ;;`];
    }
    return spec.arguments.flatMap((argument, index) => {
      const names = namesForArgument(spec.path, argument.name);
      const offers = [
        ...(argument.name === 'file' ? [`_${name}_files`] : []),
        ...(argument.choices.length > 0 ? [`_${name}_words "${argument.choices.join(' ')}"`] : []),
        ...(names === undefined ? [] : [`_${name}_names ${names}`]),
      ];
      const at = argument.variadic ? '*' : String(index);
      return offers.length === 0 ? [] : [`"${key(spec)}:"${at}) ${offers.join('; ')} ;;`];
    });
  });
}

function indent(lines: readonly string[], spaces: number): string {
  return lines.map((line) => ' '.repeat(spaces) + line).join('\n');
}
