import { ICMP, ICMPV6, protocolNumber } from '../net/protocols.ts';
import { fromEntries } from './entries.ts';
import type { Path } from './valid.ts';
import type { Network, Port, SecurityGroup, SecurityGroupRule, Topology } from './types.gen.ts';

/** The group of ports that name none. It exists even if the file does not have it. */
export const DEFAULT_GROUP = 'default';

/** A group of the file, or the default group. */
export interface NamedGroup {
  readonly name: string;
  readonly spec: SecurityGroup;
  readonly rules: readonly PlacedRule[];
}

export interface PlacedRule {
  readonly rule: SecurityGroupRule;
  /** The path of the rule; for a default rule, the path of the group. */
  readonly path: Path;
  readonly byDefault: boolean;
}

/** Every group in the order of the file; the default group is first if the file does not have it. */
export function groupsOf({ security_groups: groups = {} }: Topology): readonly NamedGroup[] {
  const named = fromEntries(groups, groupOf);
  return Object.hasOwn(groups, DEFAULT_GROUP) ? named : [groupOf(DEFAULT_GROUP, {}), ...named];
}

/** A group with all its rules, Neutron's default rules first. */
function groupOf(name: string, spec: SecurityGroup): NamedGroup {
  const path = ['security_groups', name];
  const initial = spec.default_rules === false ? [] : initialRules(name);
  return {
    name,
    spec,
    rules: [
      ...initial.map((rule) => ({ rule, path, byDefault: true })),
      ...(spec.rules ?? []).map((rule, index) => ({ rule, path: [...path, 'rules', index], byDefault: false })),
    ],
  };
}

/** Neutron's rules of a new group (db/securitygroups_db.py, create_security_group). */
function initialRules(name: string): readonly SecurityGroupRule[] {
  return (['IPv4', 'IPv6'] as const).flatMap((ethertype): SecurityGroupRule[] => [
    ...(name === DEFAULT_GROUP ? [{ direction: 'ingress' as const, ethertype, remote_group: name }] : []),
    { direction: 'egress', ethertype },
  ]);
}

/** The groups of an instance's port. */
export function groupsOfPort({ security_groups: groups }: Port): readonly string[] {
  return groups ?? [DEFAULT_GROUP];
}

/** True if the traffic of an instance's port is filtered. */
export function isFiltered(port: Port, network: Network | undefined): boolean {
  return port.port_security_enabled ?? network?.port_security_enabled ?? true;
}

/**
 * The protocol number of a rule; `undefined` for all protocols. ICMP, by name or number, is that of the rule's family,
 * as in Neutron.
 */
export function protocolOf({ protocol, ethertype }: SecurityGroupRule): number | undefined {
  if (protocol === undefined) return undefined;
  const number = protocolNumber(protocol);
  return number === ICMP && ethertype === 'IPv6' ? ICMPV6 : number;
}
