import type { Diagnostic } from '../../model/diagnostic.ts';
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
  /** The version of iptables(8), such as `[1, 8, 9]`; `undefined` if it prints none. */
  readonly iptables: readonly number[] | undefined;
}

/** Looks for programs at plan time, so that no apply stops half-way because one cannot be started. */
export const programsProbe: NodeProbe<Programs> = {
  id: 'programs',
  scope: 'node',
  script: programText(new URL('./programs.sh', import.meta.url)),
  arguments: () => Object.keys(PACKAGES),
  parse: (text) => ({
    iptables: /^iptables v(\d+(?:\.\d+)*)/m.exec(text)?.[1]?.split('.').map(Number),
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
