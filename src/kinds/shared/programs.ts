import type { NodeProbe } from '../../model/probe.ts';

/** The daemons that may run in our namespaces, and the Debian package each comes from. */
const PACKAGES: Readonly<Record<string, string>> = {
  dnsmasq: 'dnsmasq-base',
  haproxy: 'haproxy',
};

/** Which daemons a node lacks, each with its package. What is not in the list is not known to be missing. */
export interface Programs {
  readonly missing: ReadonlyMap<string, string>;
}

/** Looked for beforehand, so that an apply does not stop half-way where one can't be started. */
export const programsProbe: NodeProbe<Programs> = {
  id: 'programs',
  scope: 'node',
  script: () =>
    `for p in ${Object.keys(PACKAGES).join(' ')}; do command -v "$p" >/dev/null 2>&1 || printf '%s\\n' "$p"; done`,
  parse: (text) => ({
    missing: new Map(
      text.split('\n').flatMap((name) => (Object.hasOwn(PACKAGES, name) ? [[name, PACKAGES[name] ?? '']] : [])),
    ),
  }),
};
