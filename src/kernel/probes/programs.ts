import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Family } from '../../model/command.ts';
import type { KindContext } from '../../model/kind.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { programText } from '../../programs/text.ts';
import { DAEMONS } from '../daemons/index.ts';

/** Programs that a node needs only for certain objects, each with its Debian package. */
const PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DAEMONS.map(({ program, debianPackage }) => [program, debianPackage])),
  ipset: 'ipset',
};

/** Which programs a node has. */
export interface Programs {
  /** Missing programs, each with its Debian package. Only the programs of `PACKAGES` are looked for. */
  readonly missing: ReadonlyMap<string, string>;
  /** The version of iptables(8), such as `[1, 8, 9]`. */
  readonly iptables: readonly number[];
  /** What iptables(8) and ip6tables(8) work on: nftables, or the kernel's older tables. */
  readonly variant: Readonly<Record<Family, 'nft' | 'legacy'>>;
}

function versionIn(text: string, program: string): { number: readonly number[]; variant: 'nft' | 'legacy' } {
  const [, number, nft] = new RegExp(`^${program} v(\\d+(?:\\.\\d+)*)( \\(nf_tables\\))?`, 'm').exec(text) ?? [];
  if (number === undefined) throw new Error(`the version of ${program} is not in it`);
  // Before 1.8 there was one variant, and the version did not name it.
  return { number: number.split('.').map(Number), variant: nft === undefined ? 'legacy' : 'nft' };
}

/** Looks for programs at plan time, so that no apply stops half-way because one cannot be started. */
export const programsProbe: NodeProbe<Programs> = {
  id: 'programs',
  scope: 'node',
  script: programText(new URL('./programs.sh', import.meta.url)),
  arguments: () => Object.keys(PACKAGES),
  command: 'iptables --version',
  parse: (text) => ({
    iptables: versionIn(text, 'iptables').number,
    variant: { 4: versionIn(text, 'iptables').variant, 6: versionIn(text, 'ip6tables').variant },
    missing: new Map(
      text.split('\n').flatMap((name) => (Object.hasOwn(PACKAGES, name) ? [[name, PACKAGES[name] ?? '']] : [])),
    ),
  }),
};

/**
 * Returns an error if a node lacks a program that a resource needs. The summary ends with `purpose`, the hint with
 * `note`.
 */
export function missingProgram(
  { node, netns, origin }: Resource,
  program: string,
  { purpose, note = '' }: { readonly purpose: string; readonly note?: string },
  context: KindContext,
): readonly Diagnostic[] {
  const missing = context.view(node)?.get(programsProbe)?.missing.get(program);
  if (missing === undefined) return [];
  return [
    {
      code: 'NLP11',
      severity: 'error',
      summary: `${node} has no ${program}, ${purpose}`,
      hint: `on ${node}, as root: apt-get install --no-install-recommends ${missing}${note}`,
      ...(origin.range && { range: origin.range }),
      place: { node, ...(netns !== null && { netns }) },
    },
  ];
}
