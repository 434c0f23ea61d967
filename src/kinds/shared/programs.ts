import type { NodeProbe } from '../../model/probe.ts';

/** The daemons that may run in our namespaces, and the Debian package each comes from. */
const PACKAGES: Readonly<Record<string, string>> = {
  dnsmasq: 'dnsmasq-base',
  haproxy: 'haproxy',
};

/** Whether a program of this name is a daemon of ours where it runs on our files. */
export function isDaemonProgram(name: string): boolean {
  return Object.hasOwn(PACKAGES, name);
}

/** The programs a node has. */
export interface Programs {
  /** Daemons it lacks, each with its package. What is not in the list is not known to be missing. */
  readonly missing: ReadonlyMap<string, string>;
  /** The version of iptables(8), such as `[1, 8, 9]`, where it tells. */
  readonly iptables: readonly number[] | undefined;
}

/** Looked for beforehand, so that an apply does not stop half-way where one can't be started. */
export const programsProbe: NodeProbe<Programs> = {
  id: 'programs',
  scope: 'node',
  script: () =>
    `for p in ${Object.keys(PACKAGES).join(' ')}; do command -v "$p" >/dev/null 2>&1 || printf '%s\\n' "$p"; done
iptables --version`,
  parse: (text) => ({
    iptables: /^iptables v(\d+(?:\.\d+)*)/m.exec(text)?.[1]?.split('.').map(Number),
    missing: new Map(
      text.split('\n').flatMap((name) => (Object.hasOwn(PACKAGES, name) ? [[name, PACKAGES[name] ?? '']] : [])),
    ),
  }),
};
