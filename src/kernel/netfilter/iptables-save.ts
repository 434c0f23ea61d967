import type { Family } from '../../model/command.ts';
import type { NamespaceProbe, Witness } from '../../model/probe.ts';
import { programsProbe } from '../probes/programs.ts';
import { kernelNamesProbe } from './kernel-names.ts';

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
 * Reads the output of iptables-save(8), of the nft variant and the legacy one. Counters and comments are dropped.
 * Throws for a line that iptables-save does not print, and for a table without its last line.
 */
export function parseIptablesSave(text: string): SavedTables {
  const tables = new Map<string, Chains>();
  let chains: Chains = new Map();
  let open = '';
  // A router's chains fill some two hundred lines, so a line is recognised by its first character, without a regex.
  for (const line of text.split('\n')) {
    if (line.startsWith('-A ')) addRule(chains, line);
    else if (line.startsWith(':')) addChain(chains, line);
    else if (line.startsWith('[')) addRule(chains, line.replace(/^\[\d+:\d+\] /, ''));
    else if (line.startsWith('*')) {
      if (open !== '') break;
      open = line.slice(1).trim();
      chains = new Map();
      tables.set(open, chains);
    } else if (line === 'COMMIT') open = '';
    else if (line !== '' && !line.startsWith('#'))
      throw new Error(`it has the line ${JSON.stringify(line.slice(0, 80))}`);
  }
  if (open !== '') throw new Error(`table ${open} has no end`);
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

/** Every table that iptables-save prints. */
const ALL_TABLES = [...TABLES, 'security'];

/**
 * A namespace without tables has an empty output. The nft variant leaves out a table that only nft can write, and says
 * so in a comment; such a table has no chain of ours.
 */
function witnessOf(family: Family): Witness<SavedTables> {
  return {
    probes: [kernelNamesProbe, programsProbe],
    missing(tables, get) {
      const names = get(kernelNamesProbe);
      const variant = get(programsProbe)?.variant[family];
      if (names === undefined || variant === undefined) return [];
      const prefix = family === 6 ? 'ip6' : 'ip';
      return ALL_TABLES.filter((table) => names[variant].has(`${prefix} ${table}`) && !tables.has(table)).map(
        (table) => `table ${table}`,
      );
    },
  };
}

/**
 * The legacy variant reads the list of tables from /proc. An unprivileged user's namespace may not read that, but may
 * read each table by name. Not every kernel has the table `security`.
 */
const probeOf = (program: string, family: Family): NamespaceProbe<SavedTables> => ({
  id: program,
  scope: 'marked',
  read: {
    attempts: [[[program]], ...[ALL_TABLES, TABLES].map((tables) => tables.map((table) => [program, '-t', table]))],
  },
  parse: parseIptablesSave,
  witness: witnessOf(family),
});

/** Reads the tables of a namespace, per IP version. */
export const iptablesSaveProbes: Readonly<Record<Family, NamespaceProbe<SavedTables>>> = {
  4: probeOf('iptables-save', 4),
  6: probeOf('ip6tables-save', 6),
};
