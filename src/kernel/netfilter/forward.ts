import type { SavedTables } from './iptables-save.ts';

/** The rule or policy of the FORWARD chain that drops a packet, as iptables-save prints it. */
export interface DroppingRule {
  readonly rule: string;
}

type Verdict = 'accept' | 'drop' | 'return';

/** The devices by which a forwarded packet comes in and goes out. For a bridged frame, both are its bridge. */
export interface PacketPath {
  readonly from: string;
  readonly to: string;
  readonly bridged: boolean;
}

/**
 * Returns whether a rule certainly matches a packet. The packet opens a new ICMP or TCP connection, so a rule for
 * established connections does not match. A rule with a match that cannot be decided here counts as not matching: it
 * neither accepts nor drops for certain.
 */
function matches(words: readonly string[], path: PacketPath): boolean {
  for (let i = 0; i < words.length && words[i] !== '-j' && words[i] !== '-g'; i += 1) {
    const negated = words[i] === '!';
    if (negated) i += 1;
    const option = words[i] ?? '';
    if (option === '-m' && ['physdev', 'comment', 'conntrack', 'state'].includes(words[i + 1] ?? '')) i += 1;
    else if (option === '--comment') i += 1;
    else if (option === '--physdev-is-bridged') {
      if (negated === path.bridged) return false;
    } else if (option === '-i' || option === '-o') {
      i += 1;
      const name = words[i] ?? '';
      const device = option === '-i' ? path.from : path.to;
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
  path: PacketPath,
  depth: number,
): { verdict: Verdict; rule: string } {
  for (const rule of filter.get(chain)?.rules ?? []) {
    const words = rule.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
    if (!matches(words, path)) continue;
    const at = words.findIndex((word) => word === '-j' || word === '-g');
    const target = words[at + 1] ?? '';
    const text = `-A ${chain} ${rule}`;
    if (target === 'ACCEPT') return { verdict: 'accept', rule: text };
    if (target === 'DROP' || target === 'REJECT') return { verdict: 'drop', rule: text };
    if (target === 'RETURN') return { verdict: 'return', rule: text };
    if (!filter.has(target) || depth > 64) continue;
    const inner = walk(filter, target, path, depth + 1);
    if (inner.verdict !== 'return' || words[at] === '-g') return inner;
  }
  return { verdict: 'return', rule: '' };
}

/**
 * Returns what drops a forwarded packet; `undefined` if it gets through. It applies to a bridged frame only if those
 * pass iptables.
 */
export function forwardDrop(tables: SavedTables | undefined, path: PacketPath): DroppingRule | undefined {
  const filter = tables?.get('filter');
  if (!filter) return undefined;
  const { verdict, rule } = walk(filter, 'FORWARD', path, 0);
  if (verdict === 'drop') return { rule };
  return verdict === 'return' && filter.get('FORWARD')?.policy === 'DROP' ? { rule: '-P FORWARD DROP' } : undefined;
}
