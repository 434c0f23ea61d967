import type { CommandSpec, FlagSpec } from '../command-spec.ts';

/** A zsh script: a function per command, each of which describes flags and arguments to `_arguments`. */
export function zshScript(name: string, specs: readonly CommandSpec[]): string {
  const functions = specs.map((spec) => zshFunction(name, spec));
  return `#compdef ${name}
# zsh completion for ${name}

${functions.join('\n\n')}

if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function functionName(name: string, path: readonly string[]): string {
  return ['', name, ...path].join('_');
}

function zshFunction(name: string, spec: CommandSpec): string {
  const flags = spec.flags.map((flag) => `    ${flagText(flag)}`);
  const open = `${functionName(name, spec.path)}() {`;
  if (spec.subcommands.length === 0) {
    return [open, '  _arguments -S \\', [...flags, ...argumentText(spec)].join(' \\\n'), '}'].join('\n');
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

/** `'(-y --yes)'{-y,--yes}'[do not ask]'`. */
function flagText({ names, description, takesValue, choices }: FlagSpec): string {
  const what = `[${description.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:')}]`;
  const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : ' '}` : '';
  const [only = ''] = names;
  if (names.length === 1) return quote(only + what + value);
  return `${quote(`(${names.join(' ')})`)}{${names.join(',')}}${quote(what + value)}`;
}

function argumentText(spec: CommandSpec): readonly string[] {
  if (spec.file) return ["    '1:topology file:_files'", "    '*: :'"];
  return spec.choices.length > 0 ? [`    '1: :(${spec.choices.join(' ')})'`] : [];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
