import { ICMP, ICMPV6, protocolNumber } from '../net/protocols.ts';
import { fromEntries } from './entries.ts';
import type { Path } from './valid.ts';
import type { Network, Port, SecurityGroup, SecurityGroupRule, Topology } from './types.gen.ts';

/** The group of the ports that name none: it is there whether the file speaks of it or not. */
export const DEFAULT_GROUP = 'default';

/** A group of the file, or the default one where it does not name it. */
export interface NamedGroup {
  readonly name: string;
  readonly spec: SecurityGroup;
  readonly rules: readonly PlacedRule[];
}

export interface PlacedRule {
  readonly rule: SecurityGroupRule;
  /** Where the file says it; for a default rule, where it says the group. */
  readonly path: Path;
  readonly byDefault: boolean;
}

/** Every group, in the order of the file, the default one first where the file does not name it. */
export function groupsOf({ security_groups: groups = {} }: Topology): readonly NamedGroup[] {
  const named = fromEntries(groups, groupOf);
  return Object.hasOwn(groups, DEFAULT_GROUP) ? named : [groupOf(DEFAULT_GROUP, {}), ...named];
}

/** A group with all its rules, those that Neutron gives it first. */
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

/** What Neutron puts into a new group (db/securitygroups_db.py, create_security_group). */
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

/** Whether what an instance's port sends and gets is filtered. */
export function isFiltered(port: Port, network: Network | undefined): boolean {
  return port.port_security_enabled ?? network?.port_security_enabled ?? true;
}

/**
 * The protocol of a rule by its number; ICMP, by name or number, is the one of the rule's family, as in Neutron.
 * `undefined`: all.
 */
export function protocolOf({ protocol, ethertype }: SecurityGroupRule): number | undefined {
  if (protocol === undefined) return undefined;
  const number = protocolNumber(protocol);
  return number === ICMP && ethertype === 'IPv6' ? ICMPV6 : number;
}
