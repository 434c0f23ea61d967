import type { KindContext, OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { flowToken } from '../shared/flow-tokens.ts';
import { iptablesSaveProbes } from '../shared/iptables-save.ts';
import type { SavedTables } from '../shared/iptables-save.ts';
import { portChain, zoneOf } from '../shared/port-chains.ts';
import type { PortChain } from '../shared/port-chains.ts';

/**
 * Connections that a port's chain let through and lets through no more, by the rules that left it: conntrack would let them go on. They are in
 * the zone that the port's frames are in, as the node was read.
 */
export function cutOff(
  { node, name }: { readonly node: string; readonly name: string },
  before: readonly string[],
  now: readonly string[] | undefined,
  context: KindContext,
): readonly OwedToken[] {
  const [family, table, chain = ''] = name.split('/');
  const port = table === 'filter' ? portChain(family === '6' ? 6 : 4, chain) : undefined;
  if (port === undefined) return [];
  const gone = now === undefined ? before : before.filter((rule) => !now.includes(rule));
  const saved = namespaceView(context.view(node), null)?.get(iptablesSaveProbes[port.family]);
  const zone = gone.length === 0 ? undefined : zoneOf(saved, port);
  if (zone === undefined) return [];
  const own = addressesOf(saved, port);
  const ofAll = own.length === 0 ? [undefined] : own;
  return ofAll.flatMap((address) => {
    const mine = address === undefined ? {} : { [port.inwards ? 'destination' : 'source']: address };
    if (now === undefined) return [flowToken({ family: port.family, zone, ...mine })];
    return gone.flatMap((rule) => {
      const other = otherSide(rule, port.inwards);
      return other === undefined ? [] : [flowToken({ family: port.family, zone, ...mine, ...other })];
    });
  });
}

/** What a rule says of the other side; `undefined` for one that lets no connection begin. */
function otherSide(rule: string, inwards: boolean): Partial<Parameters<typeof flowToken>[0]> | undefined {
  if (!rule.endsWith('-j RETURN') || / --(?:state|comment|sport) /.test(` ${rule}`)) return undefined;
  const after = (option: RegExp): string | undefined => option.exec(` ${rule}`)?.[1];
  const remote = after(inwards ? / -s (\S+)/ : / -d (\S+)/);
  const protocol = after(/ -p (\S+)/);
  const [first, last = first] = (after(/ --dports? (\S+)/) ?? '').split(':');
  return {
    ...(remote !== undefined && { [inwards ? 'source' : 'destination']: remote }),
    ...(protocol !== undefined && { protocol: protocol === 'ipv6-icmp' ? 'icmpv6' : protocol }),
    ...(first !== undefined && first !== '' && { ports: { first: Number(first), last: Number(last) } }),
  };
}

/** The port's own addresses: those its DHCP answers go to. */
function addressesOf(saved: SavedTables | undefined, { incoming }: PortChain): readonly string[] {
  const rules = saved?.get('filter')?.get(incoming)?.rules ?? [];
  return rules.flatMap((rule) => {
    const address = /^-d (\S+) -p udp -m udp --sport 67 --dport 68 /.exec(rule)?.[1];
    return address === undefined || address === '255.255.255.255/32' ? [] : [address];
  });
}
