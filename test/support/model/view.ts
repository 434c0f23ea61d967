import { iptablesSaveProbes, parseIptablesSave } from '../../../src/kernel/netfilter/iptables-save.ts';
import type { NodeView } from '../../../src/model/probe.ts';
import { viewOf } from '../view.ts';
import type { ModelNamespace } from './namespace.ts';
import type { ModelNetwork } from './network.ts';

/** What a plan looks at beside the objects themselves: the rules of each namespace, strangers' too. */
export function viewsOf({ nodes }: ModelNetwork): NodeView[] {
  return [...nodes].map(([name, node]) =>
    viewOf(
      name,
      node.all().map((place) => ({
        netns: place === node.home ? null : place.name,
        alias: place.alias,
        save4: saved(place, 4),
        values: { [iptablesSaveProbes[6].id]: parseIptablesSave(saved(place, 6)) },
      })),
    ),
  );
}

/** As iptables-save prints it. */
function saved({ chains }: ModelNamespace, family: 4 | 6): string {
  const tables = new Map<string, [string, string[]][]>();
  for (const [key, rules] of chains) {
    const [of, table = '', ...chain] = key.split('/');
    if (of === String(family)) tables.set(table, [...(tables.get(table) ?? []), [chain.join('/'), rules]]);
  }
  return [...tables]
    .map(([table, all]) => {
      const heads = all.map(([chain]) => `:${chain} ${/^[A-Z]+$/.test(chain) ? 'ACCEPT' : '-'} [0:0]\n`);
      const rules = all.flatMap(([chain, list]) => list.map((rule) => `-A ${chain} ${rule}\n`));
      return `*${table}\n${heads.join('')}${rules.join('')}COMMIT\n`;
    })
    .join('');
}
