import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { ownDevices, type OwnDevices } from '../../kernel/links/own-devices.ts';
import { TABLE_PREFIX } from '../../kernel/netfilter/nft.ts';
import { touchingRules } from '../../kernel/netfilter/touching.ts';
import { netlinkProbe, type Hook } from '../../kernel/probes/netlink.ts';
import { hookWords, isActive, nftWords } from './hooks.ts';
import { FOREIGN_TABLE, type ForeignTableSpec } from './spec.ts';

/** The tables of ebtables-nft, which all programs of a node share. */
const OF_EBTABLES = /^bridge (?:filter|nat|broute)$/;

/**
 * Returns the chains of a node that can drop or change frames of ours before iptables sees them: in the families
 * bridge, netdev and arp, and of the hook ingress. Filters of ip, ip6 and inet are judged elsewhere, by what they let
 * through. They are only told: on a node they belong to its owner.
 */
export function* tablesOnNode(view: NodeView, topology: string): Iterable<Observed<ForeignTableSpec, never>> {
  const facts = nodeNamespace(view)?.get(netlinkProbe);
  const active = facts?.hooks.filter((hook) => isActive(hook) && !hook.table.startsWith(TABLE_PREFIX)) ?? [];
  if (facts === undefined || active.length === 0) return;
  const own = ownDevices(view, topology);
  for (const hook of active) {
    const devices = devicesSeen(hook, own);
    if (devices.size === 0) continue;
    const isListed = !hook.table.startsWith('#') && facts.listed.length > 0;
    const rules = isListed ? touchingRules(facts.listed, hook, devices) : [];
    const drops = hook.policy === 'drop';
    if (!drops && isListed && rules.length === 0) continue;
    const { family, table, chain } = hook;
    const at = `${family} ${table}`;
    const isShared = OF_EBTABLES.test(at) || at === 'arp filter';
    const names = [family, ...nftWords(table)].join(' ');
    yield {
      node: view.node,
      netns: null,
      kind: FOREIGN_TABLE,
      name: `${at} ${chain}`,
      owner: 'foreign',
      spec: { chains: [hookWords(hook)] },
      disturbs: {
        what: `nft table ${at}${OF_EBTABLES.test(at) ? ' (of ebtables)' : ''}`,
        why: hookWords(hook),
        command:
          isShared && !drops
            ? rules.map(({ handle }) => `nft delete rule ${names} ${chain} handle ${String(handle)}`).join('; ')
            : `nft delete table ${names}`,
      },
    };
  }
}

/** Returns the devices of ours whose frames a chain sees. */
function devicesSeen({ family, hook, devices }: Hook, own: OwnDevices): ReadonlySet<string> {
  const all = [...own.links, ...own.nics];
  if (family === 'netdev' || hook === 'ingress') return new Set(all.filter((name) => devices.includes(name)));
  if (family === 'arp') return new Set(all);
  return family === 'bridge' && own.bridges.size > 0 ? new Set(all) : new Set();
}
