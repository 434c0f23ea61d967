import type { Family } from '../../model/command.ts';
import type { KindContext, OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { flowToken } from '../shared/flow-tokens.ts';
import { iptablesSaveProbes } from '../shared/iptables-save.ts';
import type { SavedTables } from '../shared/iptables-save.ts';
import { placeOf } from './place.ts';

/** The chain with what a port may get (`i`) or send (`o`): Neutron's prefix, the letter, and the beginning of the port's id. */
const OF_PORT = /^(?:neutron|quantum)-.{1,8}-([io])([0-9a-f-]{10})$/;

interface PortChain {
  readonly family: Family;
  readonly chain: string;
  readonly inwards: boolean;
  /** The same chain for the other way. */
  readonly incoming: string;
}

function portChain(name: string): PortChain | undefined {
  const { family, table, chain } = placeOf(name);
  const letter = table === 'filter' ? OF_PORT.exec(chain)?.[1] : undefined;
  if (letter === undefined) return undefined;
  return { family, chain, inwards: letter === 'i', incoming: chain.replace(/-o(?=[0-9a-f-]{10}$)/, '-i') };
}

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
  const port = portChain(name);
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

/** The zone of what comes from a port: by its device, which the rule that leads to its chain names. */
function zoneOf(saved: SavedTables | undefined, { incoming }: PortChain): number | undefined {
  const outgoing = incoming.replace(/-i(?=[0-9a-f-]{10}$)/, '-o');
  const leads = [...(saved?.get('filter')?.values() ?? [])].flatMap(({ rules }) => rules);
  const device = leads.flatMap((rule) =>
    rule.endsWith(`-j ${outgoing}`) ? (/--physdev-in (\S+)/.exec(rule)?.[1] ?? []) : [],
  )[0];
  if (device === undefined) return undefined;
  for (const { rules } of saved?.get('raw')?.values() ?? []) {
    for (const rule of rules) {
      const zone = rule.includes(`--physdev-in ${device} `) ? /--zone (\d+)$/.exec(rule)?.[1] : undefined;
      if (zone !== undefined) return Number(zone);
    }
  }
  return undefined;
}

/** The port's own addresses: those its DHCP answers go to. */
function addressesOf(saved: SavedTables | undefined, { incoming }: PortChain): readonly string[] {
  const rules = saved?.get('filter')?.get(incoming)?.rules ?? [];
  return rules.flatMap((rule) => {
    const address = /^-d (\S+) -p udp -m udp --sport 67 --dport 68 /.exec(rule)?.[1];
    return address === undefined || address === '255.255.255.255/32' ? [] : [address];
  });
}
