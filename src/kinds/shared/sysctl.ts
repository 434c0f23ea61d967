import type { Probe } from '../../model/probe.ts';

/**
 * Kernel parameters by path below /proc/sys. What is wanted anywhere on the node is read in every namespace of ours, for every
 * device: the script is the same everywhere. One `grep` reads them all (the shell's own `read` takes a byte at a time, which /proc/sys does not bear).
 */
export const sysctlProbe: Probe<ReadonlyMap<string, string>> = {
  id: 'sysctl',
  scope: 'marked',
  script({ wanted }) {
    const patterns = new Set(
      wanted
        .filter((r) => r.kind === 'sysctl')
        .map((r) => r.name.replace(/^(net\/ipv[46]\/(?:conf|neigh))\/[^/]+\//, '$1/*/')),
    );
    // The patterns are unquoted on purpose: the shell expands them. Their alphabet is checked here.
    const safe = [...patterns].filter((p) => /^[a-z0-9_/*.-]+$/i.test(p)).sort();
    if (safe.length === 0) return ':';
    const files = safe.map((p) => `/proc/sys/${p}`).join(' ');
    return `grep -sH '' ${files}; :`;
  },
  parse(text) {
    const values = new Map<string, string>();
    for (const line of text.split('\n')) {
      const colon = line.indexOf(':');
      if (line.startsWith('/proc/sys/') && colon > 0)
        values.set(line.slice('/proc/sys/'.length, colon), line.slice(colon + 1));
    }
    return values;
  },
};
