import type { Family } from '../../model/command.ts';
import type { OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { NodeView } from '../../model/probe.ts';
import { flowToken } from '../../kernel/effects/flow-tokens.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { portChain, zoneOf } from '../../kernel/netfilter/port-chains.ts';
import { setsOf } from '../../kernel/netfilter/rule-words.ts';

/** Connections with members that left a set, in the zones of the ports whose chains let the set's members through. */
export function cutMembers(
  view: NodeView | undefined,
  family: Family,
  set: string,
  gone: readonly string[],
): readonly OwedToken[] {
  if (gone.length === 0) return [];
  const saved = namespaceView(view, null)?.get(iptablesSaveProbes[family]);
  const ways = new Set<string>();
  saved?.get('filter')?.forEach(({ rules }, name) => {
    const port = rules.some((rule) => setsOf(rule).includes(set)) ? portChain(family, name) : undefined;
    const zone = port && zoneOf(saved, port);
    if (port && zone !== undefined) ways.add(`${port.inwards ? 'source' : 'destination'} ${String(zone)}`);
  });
  return [...ways].flatMap((way) => {
    const [side = '', zone] = way.split(' ');
    return gone.map((member) => flowToken({ family, zone: Number(zone), [side]: member }));
  });
}
