import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import type { NodeProbe } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { programText } from '../../programs/text.ts';
import { DAEMONS } from '../daemons/index.ts';

/** All that a node may lack as long as nothing is wanted there that it is for, and the Debian package each comes from. */
const PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(DAEMONS.map(({ program, debianPackage }) => [program, debianPackage])),
  ipset: 'ipset',
};

/** The programs a node has. */
export interface Programs {
  /** Those it lacks, each with its package. What is not in the list is not known to be missing. */
  readonly missing: ReadonlyMap<string, string>;
  /** The version of iptables(8), such as `[1, 8, 9]`, where it tells. */
  readonly iptables: readonly number[] | undefined;
}

/** Looked for beforehand, so that an apply does not stop half-way where one can't be started. */
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

/** Why a resource can't be made on a node that lacks a program; `purpose` and `note` are said of it. */
export function programLacks(
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
