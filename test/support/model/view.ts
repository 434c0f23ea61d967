import { iptablesSaveProbes } from '../../../src/kernel/netfilter/iptables-save.ts';
import { parseIptablesSave } from '../../../src/kernel/netfilter/saved-tables.ts';
import type { NodeView } from '../../../src/model/probe.ts';
import { viewOf } from '../view.ts';
import type { ModelNamespace } from './namespace.ts';
import type { ModelNetwork } from './network.ts';

/** Returns the views that a plan needs besides the objects: the rules of each namespace, including foreign ones. */
export function viewsOf({ nodes }: ModelNetwork): NodeView[] {
  return [...nodes].map(([name, node]) =>
    viewOf(
      name,
      node.all().map((namespace) => ({
        netns: namespace === node.home ? null : namespace.name,
        alias: namespace.alias,
        save4: saved(namespace, 4),
        values: { [iptablesSaveProbes[6].id]: parseIptablesSave(saved(namespace, 6)) },
      })),
    ),
  );
}

/** Returns the rules of a namespace as iptables-save prints them. */
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
