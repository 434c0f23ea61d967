import type { CommandSpec, FlagSpec } from '../command-spec.ts';
import { NAMES_OF, namesForArgument, namesForFlag } from './names.ts';

/** Returns a completion script for zsh: a function per command, which passes flags and arguments to `_arguments`. */
export function zshScript(name: string, specs: readonly CommandSpec[]): string {
  const functions = specs.map((spec) => zshFunction(name, spec));
  return `#compdef ${name}
# zsh completion for ${name}

# Adds names of the topology file on the line. They are data: no part of them is expanded.
_${name}_names() {
  local file= word
  local -a names
  for word in "\${(@Q)words}"; do
    word=\${word/#\\~\\//$HOME/}
    if [[ ( $word == *.yaml || $word == *.yml ) && -f $word ]]; then file=$word; fi
  done
  names=(\${(f)"$(command ${name} ${NAMES_OF} "$1" "$file" 2>/dev/null </dev/null)"})
  compadd -a names
}

${functions.join('\n\n')}

if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function functionName(name: string, path: readonly string[]): string {
  return ['', name, ...path].join('_');
}

function zshFunction(name: string, spec: CommandSpec): string {
  const flags = spec.flags.map((flag) => `    ${flagText(name, flag)}`);
  const open = `${functionName(name, spec.path)}() {`;
  if (spec.subcommands.length === 0) {
    return [open, '  _arguments -S \\', [...flags, ...argumentText(name, spec)].join(' \\\n'), '}'].join('\n');
  }
  const children = spec.subcommands.map((child) => `    ${quote(`${child.name}:${child.description}`)}`);
  const cases = spec.subcommands.map(
    (child) => `        ${child.name}) ${functionName(name, [...spec.path, child.name])} ;;`,
  );
  return [
    open,
    '  local context state state_descr line',
    '  typeset -A opt_args',
    '  local -a commands=(',
    ...children,
    '  )',
    '  _arguments -C \\',
    ...flags.map((flag) => `${flag} \\`),
    "    '1: :->command' '*:: :->rest'",
    '  case $state in',
    "    command) _describe -t commands 'command' commands ;;",
    '    rest)',
    '      case $line[1] in',
    ...cases,
    '      esac ;;',
    '  esac',
    '}',
  ].join('\n');
}

/** Returns a flag for `_arguments`: `'(-y --yes)'{-y,--yes}'[do not ask]'`. */
function flagText(name: string, { names, description, takesValue, choices }: FlagSpec): string {
  const what = `[${description.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:')}]`;
  const kind = namesForFlag(names);
  const values = choices.length > 0 ? `(${choices.join(' ')})` : ' ';
  const value = takesValue ? `:value:${kind === undefined ? values : `{_${name}_names ${kind}}`}` : '';
  const [only = ''] = names;
  if (names.length === 1) return quote(only + what + value);
  return `${quote(`(${names.join(' ')})`)}{${names.join(',')}}${quote(what + value)}`;
}

function argumentText(name: string, spec: CommandSpec): readonly string[] {
  const texts = spec.arguments.map((argument, index) => {
    const at = argument.variadic ? '*' : String(index + 1);
    const kind = namesForArgument(spec.path, argument.name);
    if (kind !== undefined) {
      const files = argument.name === 'file' ? '; _files' : '';
      return `    '${at}:${argument.name}:{_${name}_names ${kind}${files}}'`;
    }
    if (argument.name === 'file') return `    '${at}:topology file:_files'`;
    return argument.choices.length > 0 ? `    '${at}: :(${argument.choices.join(' ')})'` : `    '${at}: :'`;
  });
  return spec.arguments.length > 0 && !spec.arguments.some(({ variadic }) => variadic)
    ? [...texts, "    '*: :'"]
    : texts;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
