/**
 * One chain printed by `iptables-save`: its policy (`-` for a chain that is not built in) and its rules without `-A
 * CHAIN `.
 */
export interface SavedChain {
  readonly policy: string;
  readonly rules: readonly string[];
}

/** The chains of one table, by name. */
export type SavedChains = ReadonlyMap<string, SavedChain>;

/** Tables by name, in the order of the output. */
export type SavedTables = ReadonlyMap<string, SavedChains> & {
  /** Tables that the nft variant says it cannot print, because nft wrote a rule into them. */
  readonly incompatible?: ReadonlySet<string>;
};

const INCOMPATIBLE = /^# Table `(\w+)' is incompatible/;

type Chains = Map<string, { readonly policy: string; readonly rules: string[] }>;

/**
 * Reads the output of iptables-save(8), of the nft variant and the legacy one. Counters and comments are dropped.
 * Throws for a line that iptables-save does not print, and for a table without its last line.
 */
export function parseIptablesSave(text: string): SavedTables {
  const tables = new Map<string, Chains>();
  let chains: Chains = new Map();
  let open = '';
  const incompatible = new Set<string>();
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
    else if (line.startsWith('# Table')) incompatible.add(INCOMPATIBLE.exec(line)?.[1] ?? '');
    else if (line !== '' && !line.startsWith('#'))
      throw new Error(`it has the line ${JSON.stringify(line.slice(0, 80))}`);
  }
  if (open !== '') throw new Error(`table ${open} has no end`);
  return Object.assign(tables, { incompatible });
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
