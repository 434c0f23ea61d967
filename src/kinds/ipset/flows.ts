import type { Family } from '../../model/command.ts';
import type { OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { NodeView } from '../../model/probe.ts';
import { flowToken } from '../../kernel/effects/flow-tokens.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { portChain, zoneOf } from '../../kernel/netfilter/port-chains.ts';
import { setsOf } from '../../kernel/netfilter/rule-words.ts';

/**
 * Returns the connections with members deleted from a set, in the zones of the ports whose chains accept the set's
 * members.
 */
export function cutMembers(
  view: NodeView | undefined,
  family: Family,
  set: string,
  deleted: readonly string[],
): readonly OwedToken[] {
  if (deleted.length === 0) return [];
  const saved = namespaceView(view, null)?.get(iptablesSaveProbes[family]);
  const directions = new Set<string>();
  saved?.get('filter')?.forEach(({ rules }, name) => {
    const port = rules.some((rule) => setsOf(rule).includes(set)) ? portChain(family, name) : undefined;
    const zone = port && zoneOf(saved, port);
    if (port && zone !== undefined) directions.add(`${port.inwards ? 'source' : 'destination'} ${String(zone)}`);
  });
  return [...directions].flatMap((direction) => {
    const [side = '', zone] = direction.split(' ');
    return deleted.map((member) => flowToken({ family, zone: Number(zone), [side]: member }));
  });
}
