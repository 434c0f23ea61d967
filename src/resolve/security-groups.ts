import { familyOfText, withHostLength } from '../net/address-text.ts';
import { networkOf } from '../net/block.ts';
import { linkLocalOf } from '../net/ipv6.ts';
import { ICMP, ICMPV6 } from '../net/protocols.ts';
import { groupsOf, groupsOfPort, protocolOf } from '../topology/security-groups.ts';
import type { PlacedRule } from '../topology/security-groups.ts';
import type { AddressPair as PairSpec, Port, SecurityGroupRule } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { idAt } from './ids.ts';
import { chainPart } from './names.ts';
import { originAt } from './origin.ts';
import type { AddressPair, PortSecurity, ResolvedSecurityGroup, SecurityRule } from './resolved-security.ts';
import type { ResolvedInstance, ResolvedPort } from './resolved.ts';

/** Resolves every security group with its members on all nodes. */
export function resolveSecurityGroups(
  topology: ValidTopology,
  instances: ReadonlyMap<string, ResolvedInstance>,
): ReadonlyMap<string, ResolvedSecurityGroup> {
  const members = new Map<string, AddressPair[]>();
  for (const { ports } of instances.values()) {
    for (const { security } of ports) {
      for (const name of security?.groups ?? []) {
        const known = members.get(name);
        if (known) known.push(...(security?.pairs ?? []));
        else members.set(name, [...(security?.pairs ?? [])]);
      }
    }
  }
  return new Map(
    groupsOf(topology.doc).map(({ name, spec, rules }) => [
      name,
      {
        name,
        id: spec.id ?? idAt(topology.doc, ['security_groups', name]),
        rules: rules.map((placed) => resolveRule(topology, placed)),
        members: members.get(name) ?? [],
        origin: originAt(topology, ['security_groups', name]),
      },
    ]),
  );
}

function resolveRule(topology: ValidTopology, { rule, path, byDefault }: PlacedRule): SecurityRule {
  const { direction, ethertype, remote_ip_prefix: prefix, remote_group: remoteGroup } = rule;
  const protocol = protocolOf(rule);
  return {
    direction,
    family: ethertype === 'IPv6' ? 6 : 4,
    ...(protocol !== undefined && { protocol }),
    ...portsOf(rule, protocol),
    ...(prefix !== undefined && { remotePrefix: networkOf(prefix) }),
    ...(remoteGroup !== undefined && { remoteGroup }),
    byDefault,
    origin: originAt(topology, path),
  };
}

function portsOf(
  { port_range_min: min, port_range_max: max }: SecurityGroupRule,
  protocol: number | undefined,
): Pick<SecurityRule, 'ports' | 'icmp'> {
  if (min === undefined) return {};
  if (protocol === ICMP || protocol === ICMPV6)
    return { icmp: { type: min, ...(max === undefined ? {} : { code: max }) } };
  if (min === 1 && max === 65535) return {};
  return { ports: { first: min, last: max ?? min } };
}

/** Returns the port security of a filtered port of an instance. */
export function securityOf({ doc }: ValidTopology, { id, mac, fixedIps }: ResolvedPort, port: Port): PortSecurity {
  const own = fixedIps.map(({ address }): AddressPair => ({
    family: familyOfText(address),
    mac,
    cidr: withHostLength(address),
  }));
  const allowed = (port.allowed_address_pairs ?? []).map((pair) => pairOf(pair, mac));
  const groups = [...new Set(groupsOfPort(port))];
  const stateful = groups.length === 0 || groups.some((name) => doc.security_groups?.[name]?.stateful !== false);
  const pairs = distinctPairs([...own, ...allowed]);
  return { chain: chainPart(id), groups, stateful, pairs, sources: distinctPairs(pairs.flatMap(sourcesOf)) };
}

function pairOf({ ip_address: ip, mac_address: mac }: PairSpec, own: string): AddressPair {
  return { family: familyOfText(ip), mac: mac ?? own, cidr: networkOf(withHostLength(ip)) };
}

/**
 * The sources of a pair. Neighbour discovery uses the link-local address of the MAC, so each IPv6 pair allows it too
 * (Neutron: `_build_ipv4v6_mac_ip_list`).
 */
function sourcesOf(pair: AddressPair): readonly AddressPair[] {
  return pair.family === 4 ? [pair] : [pair, { ...pair, cidr: linkLocalOf(pair.mac) }];
}

/** Returns the pairs without duplicates. */
function distinctPairs(pairs: readonly AddressPair[]): readonly AddressPair[] {
  return [...new Map(pairs.map((pair) => [`${pair.mac} ${pair.cidr}`, pair])).values()];
}
