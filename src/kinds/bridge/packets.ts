import type { Family } from '../../model/command.ts';
import type { DesiredGraph } from '../../model/graph.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { networkOf, parseBlock, type Block } from '../../net/block.ts';
import { familyOfText } from '../../net/address-text.ts';
import { cidrInside } from '../address/spec.ts';
import { tapPort } from '../tap/spec.ts';
import { vethPort } from '../veth/spec.ts';
import { vethLinkPort } from '../veth-link/spec.ts';

/** The blocks of the topology's subnets, per IP version. */
type Subnets = ReadonlyMap<Family, readonly Block[]>;

const SUBNETS = new WeakMap<DesiredGraph, Subnets>();
const PORTS = new WeakMap<DesiredGraph, ReadonlyMap<string, readonly string[]>>();

/** What is sent between two ports of a bridge: guests, routers and DHCP servers need each of these. */
const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/**
 * Returns the classes of packets that a bridge of ours forwards for its guests, per protocol and IP version of the
 * topology's subnets: new connections between addresses of these subnets.
 */
export function bridgedPackets(desired: DesiredGraph, bridge: string, ports: readonly string[]): readonly Packet[] {
  return [...subnetsOf(desired)].flatMap(([family, blocks]) =>
    PROTOCOLS.map((protocol): Packet => ({
      family,
      from: [bridge],
      to: [bridge],
      portFrom: ports,
      portTo: ports,
      bridged: true,
      state: 'new',
      protocol,
      ...(blocks.length > 0 && { sources: blocks, destinations: blocks }),
      isLocal: false,
    })),
  );
}

/** Returns the subnets by the addresses of routers, DHCP servers and stand-ins; IPv4 is always there. */
function subnetsOf(desired: DesiredGraph): Subnets {
  const known = SUBNETS.get(desired);
  if (known) return known;
  const texts = new Set<string>();
  for (const resource of desired.resources.values()) {
    const cidr = cidrInside(resource);
    if (cidr !== undefined) texts.add(networkOf(cidr));
  }
  const found = new Map<Family, Block[]>([[4, []]]);
  for (const text of texts) {
    const family = familyOfText(text);
    const blocks = found.get(family) ?? [];
    found.set(family, blocks);
    blocks.push(parseBlock(text));
  }
  SUBNETS.set(desired, found);
  return found;
}

/** Returns the desired ports of a node's bridge: taps, and ends of veth pairs. */
export function desiredPorts(desired: DesiredGraph, node: string, bridge: string): readonly string[] {
  let ports = PORTS.get(desired);
  if (ports === undefined) PORTS.set(desired, (ports = portsByBridge(desired)));
  return ports.get(`${node} ${bridge}`) ?? [];
}

function portsByBridge({ resources }: DesiredGraph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const resource of resources.values()) {
    const plugged = tapPort(resource) ?? vethPort(resource) ?? vethLinkPort(resource);
    if (plugged === undefined) continue;
    const key = `${resource.node} ${plugged.bridge}`;
    const ports = found.get(key);
    if (ports) ports.push(plugged.port);
    else found.set(key, [plugged.port]);
  }
  return found;
}
