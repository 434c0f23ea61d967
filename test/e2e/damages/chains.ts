import { kindWord, type Resource } from '../../../src/model/resource.ts';
import type { Damage } from './damage.ts';
import { inside } from './names.ts';

interface Chain {
  readonly chain: string;
  readonly builtin: boolean;
  readonly rules: readonly string[];
}

interface Table {
  readonly node: string;
  readonly netns: string | null;
  readonly program: string;
  readonly table: string;
  readonly chains: Chain[];
}

/** Returns damages to all chains of a table at once: a row for each table of each namespace, and what happens to it. */
export function chainRows(resources: readonly Resource[]): readonly Damage[] {
  return tablesOf(resources).flatMap(({ node, netns, program, table, chains }) => {
    const own = chains.filter(({ builtin }) => !builtin);
    const filled = own.filter(({ rules }) => rules.length > 0);
    const each = (some: readonly Chain[], change: (chain: string) => string): string =>
      some.map(({ chain }) => `${program} -w -t ${table} ${change(chain)}`).join('\n');
    const damages: Readonly<Record<string, string>> = {
      'every chain lacks its first rule': each(filled, (chain) => `-D ${chain} 1`),
      'every chain has lost its rules': each(filled, (chain) => `-F ${chain}`),
      'a foreign rule is the first of every chain of ours': each(
        own,
        (chain) => `-I ${chain} -s ${stray(program)} -j ACCEPT`,
      ),
      'the jumps from the built-in chains are deleted': each(
        chains.filter(({ builtin, rules }) => builtin && rules.length > 0),
        (chain) => `-F ${chain}`,
      ),
    };
    return Object.entries(damages)
      .filter(([, script]) => script !== '')
      .map(([what, script]): Damage => ({
        what: `${program} ${table}, ${node} ${netns?.replace(/-.*/, '') ?? ''}: ${what}`,
        node: node as 'node1' | 'node2',
        damage: netns === null ? script : inside(netns, script),
        verdict: 'healed',
      }));
  });
}

function stray(program: string): string {
  return program === 'iptables' ? '192.0.2.77' : '2001:db8::77';
}

function tablesOf(resources: readonly Resource[]): readonly Table[] {
  const tables = new Map<string, Table>();
  for (const { kind, node, netns, name, spec } of resources) {
    if (kindWord(kind) !== 'chain') continue;
    const [version = '', table = '', chain = ''] = name.split('/');
    const key = [node, netns, version, table].join(' ');
    const program = version === '4' ? 'iptables' : 'ip6tables';
    const found = tables.get(key) ?? { node, netns, program, table, chains: [] };
    tables.set(key, found);
    const { builtin, rules } = spec as Omit<Chain, 'chain'>;
    found.chains.push({ chain, builtin, rules });
  }
  return [...tables.values()];
}
