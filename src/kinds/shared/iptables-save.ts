import type { Family } from '../../model/command.ts';
import type { NamespaceProbe } from '../../model/probe.ts';

/** One chain of `iptables-save`: its policy (`-` for a chain that is not built in) and its rules without `-A CHAIN `. */
export interface SavedChain {
  readonly policy: string;
  readonly rules: readonly string[];
}

/** Tables by name, chains by name, in the order they were printed. */
export type SavedTables = ReadonlyMap<string, ReadonlyMap<string, SavedChain>>;

/**
 * Reads what iptables-save(8) prints, of the nft and the legacy variant alike. Counters are dropped; comments, warnings and lines of
 * a form not known are passed over.
 */
export function parseIptablesSave(text: string): SavedTables {
  const tables = new Map<string, Map<string, { policy: string; rules: string[] }>>();
  let chains: Map<string, { policy: string; rules: string[] }> | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('-A ') || line.startsWith('[')) {
      const rule = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*)$/.exec(line);
      if (rule) chains?.get(rule[1] ?? '')?.rules.push(rule[2] ?? '');
    } else if (line.startsWith(':')) {
      const chain = /^:(\S+) (\S+)/.exec(line);
      if (chain) chains?.set(chain[1] ?? '', { policy: chain[2] ?? '-', rules: [] });
    } else if (line.startsWith('*')) {
      chains = new Map();
      tables.set(line.slice(1).trim(), chains);
    }
  }
  return tables;
}

const TABLES = ['mangle', 'raw', 'nat', 'filter'];

/** The legacy variant asks /proc which tables there are, which it may not in an unprivileged user's namespace; by name it may. */
const probeOf = (program: string): NamespaceProbe<SavedTables> => ({
  id: program,
  scope: 'marked',
  read: { attempts: [[[program]], TABLES.map((table) => [program, '-t', table])] },
  parse: parseIptablesSave,
});

/** The tables of a namespace, per IP version. */
export const iptablesSaveProbes: Readonly<Record<Family, NamespaceProbe<SavedTables>>> = {
  4: probeOf('iptables-save'),
  6: probeOf('ip6tables-save'),
};
