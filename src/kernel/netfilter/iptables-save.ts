import type { Family } from '../../model/command.ts';
import type { NamespaceProbe } from '../../model/probe.ts';

/**
 * One chain printed by `iptables-save`: its policy (`-` for a chain that is not built in) and its rules without `-A
 * CHAIN `.
 */
export interface SavedChain {
  readonly policy: string;
  readonly rules: readonly string[];
}

/** Tables by name, chains by name, in the order of the output. */
export type SavedTables = ReadonlyMap<string, ReadonlyMap<string, SavedChain>>;

type Chains = Map<string, { readonly policy: string; readonly rules: string[] }>;

/**
 * * Reads the output of iptables-save(8), of the nft variant and the legacy one. Counters are dropped; comments,
 * warnings and unknown lines are ignored.
 */
export function parseIptablesSave(text: string): SavedTables {
  const tables = new Map<string, Chains>();
  let chains: Chains = new Map();
  // A router's chains fill some two hundred lines, so a line is recognised by its first character, without a regex.
  for (const line of text.split('\n')) {
    if (line.startsWith('-A ')) addRule(chains, line);
    else if (line.startsWith(':')) addChain(chains, line);
    else if (line.startsWith('[')) addRule(chains, line.replace(/^\[\d+:\d+\] /, ''));
    else if (line.startsWith('*')) {
      chains = new Map();
      tables.set(line.slice(1).trim(), chains);
    }
  }
  return tables;
}

function wordEnd(line: string, start: number): number {
  const end = line.indexOf(' ', start);
  return end < 0 ? line.length : end;
}

/** Adds the rule of a line `-A CHAIN RULE`. */
function addRule(chains: Chains, line: string): void {
  if (!line.startsWith('-A ')) return;
  const end = wordEnd(line, 3);
  chains.get(line.slice(3, end))?.rules.push(line.slice(end + 1));
}

/** Adds the chain of a line `:CHAIN POLICY [COUNTERS]`. */
function addChain(chains: Chains, line: string): void {
  const end = wordEnd(line, 1);
  const policy = line.slice(end + 1, wordEnd(line, end + 1));
  if (end > 1 && policy !== '') chains.set(line.slice(1, end), { policy, rules: [] });
}

const TABLES = ['mangle', 'raw', 'nat', 'filter'];

/**
 * The legacy variant reads the list of tables from /proc. An unprivileged user's namespace may not read that, but may
 * read each table by name.
 */
const probeOf = (program: string): NamespaceProbe<SavedTables> => ({
  id: program,
  scope: 'marked',
  read: { attempts: [[[program]], TABLES.map((table) => [program, '-t', table])] },
  parse: parseIptablesSave,
});

/** Reads the tables of a namespace, per IP version. */
export const iptablesSaveProbes: Readonly<Record<Family, NamespaceProbe<SavedTables>>> = {
  4: probeOf('iptables-save'),
  6: probeOf('ip6tables-save'),
};
