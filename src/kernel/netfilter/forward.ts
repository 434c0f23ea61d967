import type { SavedTables } from './iptables-save.ts';

/** What a packet meets in the FORWARD chain: the rule or policy that drops it, in iptables' words. */
export interface DroppingRule {
  readonly rule: string;
}

type Verdict = 'accept' | 'drop' | 'return';

/** Where a packet that is forwarded comes in and goes out. A bridged frame does both by its bridge. */
export interface PacketPath {
  readonly from: string;
  readonly to: string;
  readonly bridged: boolean;
}

/**
 * What is certain of a packet on its way. A new ICMP or TCP connection is asked about, so a rule that only lets
 * established connections through does not help it. A rule with a match we can't decide is taken for one that does not
 * match: it neither lets through nor drops for certain.
 */
function matches(words: readonly string[], way: PacketPath): boolean {
  for (let i = 0; i < words.length && words[i] !== '-j' && words[i] !== '-g'; i += 1) {
    const negated = words[i] === '!';
    if (negated) i += 1;
    const option = words[i] ?? '';
    if (option === '-m' && ['physdev', 'comment', 'conntrack', 'state'].includes(words[i + 1] ?? '')) i += 1;
    else if (option === '--comment') i += 1;
    else if (option === '--physdev-is-bridged') {
      if (negated === way.bridged) return false;
    } else if (option === '-i' || option === '-o') {
      i += 1;
      const name = words[i] ?? '';
      const device = option === '-i' ? way.from : way.to;
      const hit = name.endsWith('+') ? device.startsWith(name.slice(0, -1)) : name === device;
      if (hit === negated) return false;
    } else if (option === '--ctstate' || option === '--state') {
      i += 1;
      if ((words[i] ?? '').split(',').includes('NEW') === negated) return false;
    } else return false;
  }
  return true;
}

function walk(
  filter: ReadonlyMap<string, { readonly rules: readonly string[] }>,
  chain: string,
  way: PacketPath,
  depth: number,
): { verdict: Verdict; rule: string } {
  for (const rule of filter.get(chain)?.rules ?? []) {
    const words = rule.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
    if (!matches(words, way)) continue;
    const at = words.findIndex((word) => word === '-j' || word === '-g');
    const target = words[at + 1] ?? '';
    const text = `-A ${chain} ${rule}`;
    if (target === 'ACCEPT') return { verdict: 'accept', rule: text };
    if (target === 'DROP' || target === 'REJECT') return { verdict: 'drop', rule: text };
    if (target === 'RETURN') return { verdict: 'return', rule: text };
    if (!filter.has(target) || depth > 64) continue;
    const inner = walk(filter, target, way, depth + 1);
    if (inner.verdict !== 'return' || words[at] === '-g') return inner;
  }
  return { verdict: 'return', rule: '' };
}

/**
 * What drops a packet that is forwarded; `undefined` when it gets through. A bridged frame meets it where those pass
 * iptables.
 */
export function forwardDrop(tables: SavedTables | undefined, way: PacketPath): DroppingRule | undefined {
  const filter = tables?.get('filter');
  if (!filter) return undefined;
  const { verdict, rule } = walk(filter, 'FORWARD', way, 0);
  if (verdict === 'drop') return { rule };
  return verdict === 'return' && filter.get('FORWARD')?.policy === 'DROP' ? { rule: '-P FORWARD DROP' } : undefined;
}
