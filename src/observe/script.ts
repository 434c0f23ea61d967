import { shellLine } from '../hosts/quote.ts';
import type { Probe, ProbeRequest } from '../model/probe.ts';
import { READER } from './reader.ts';

/** Programs without which nothing can be read or written on a node. */
const PROGRAMS = [
  'ip',
  'nsenter',
  'unshare',
  'perl',
  'stat',
  'base64',
  'grep',
  'find',
  'iptables-save',
  'iptables-restore',
];

/**
 * The one script that reads a whole node: every probe of the node, and every probe of its namespaces. Its output is cut at lines that begin
 * with `@` and the nonce, which nothing that is read can know.
 */
export function readScript(nonce: string, probes: readonly Probe<unknown>[], request: ProbeRequest): string {
  const reader = `my @probes = (${probes.map((probe) => probeLiteral(probe, request)).join(', ')});\n${READER}`;
  return [
    `for program in ${PROGRAMS.join(' ')}; do command -v "$program" >/dev/null || printf '@${nonce} lacks %s\\n' "$program"; done`,
    `command -v perl >/dev/null || exit 0`,
    `exec ${shellLine(['perl', '-e', reader, nonce, `netloom:${request.topology}`])}`,
  ].join('\n');
}

function probeLiteral(probe: Probe<unknown>, request: ProbeRequest): string {
  const { id, scope } = probe;
  const read =
    probe.scope === 'node' ? { script: probe.script(request), ...(probe.where && { where: probe.where }) } : probe.read;
  return perlLiteral({ id, scope, ...read });
}

type Literal = string | readonly Literal[] | { readonly [key: string]: Literal };

/** A value as Perl source. In its single quotes only the backslash and the quote itself mean anything (perlop, "q/STRING/"). */
function perlLiteral(value: Literal): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
  if (Array.isArray(value)) return `[${value.map(perlLiteral).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, each]) => `${perlLiteral(key)} => ${perlLiteral(each)}`);
  return `{${pairs.join(', ')}}`;
}
