import type { ResolvedSecurityGroup, SecurityRule } from '../../resolve/resolved-security.ts';
import { setName } from '../../kinds/ipset/spec.ts';
import type { Family } from '../../model/command.ts';
import type { Origin } from '../../model/resource.ts';
import { formatPorts } from '../../net/ports.ts';
import { ICMP, ICMPV6 } from '../../net/protocols.ts';

/**
 * Protocols that iptables knows by name without /etc/protocols, by number (libxtables, xtables_chain_protos). Others
 * are written as numbers. If a node's iptables saves them with a name, that is not a difference.
 */
const NAMES: Readonly<Record<number, string>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  132: 'sctp',
  136: 'udplite',
};

/** Protocols whose ports only `multiport` can match. */
const MULTIPORT_ONLY = 136;

/** The groups of a topology by their names. */
export type Groups = ReadonlyMap<string, ResolvedSecurityGroup>;

/** The rules of a group over one IP version, by direction, and the group's origin. */
export interface Allowed extends Readonly<Record<SecurityRule['direction'], readonly string[]>> {
  readonly origin: Origin;
}

/** Returns the rules of each group over one IP version, computed once for all ports. */
export function allowedBy(groups: Groups, family: Family): ReadonlyMap<string, Allowed> {
  return new Map(
    [...groups].map(([name, group]) => {
      const rules = group.rules.filter((rule) => rule.family === family);
      const texts = (direction: SecurityRule['direction']): string[] =>
        rules.filter((rule) => rule.direction === direction).map((rule) => ruleText(rule, groups));
      return [name, { ingress: texts('ingress'), egress: texts('egress'), origin: group.origin }];
    }),
  );
}

/** A rule of a security group as iptables-save prints it (Neutron: `_convert_sg_rule_to_iptables_args`). */
function ruleText(rule: SecurityRule, groups: Groups): string {
  const { direction, family, protocol, remotePrefix, remoteGroup } = rule;
  const inwards = direction === 'ingress';
  const words: string[] = [];
  if (remotePrefix !== undefined && !remotePrefix.endsWith('/0')) words.push(inwards ? '-s' : '-d', remotePrefix);
  if (protocol !== undefined) words.push('-p', NAMES[protocol] ?? String(protocol), ...portsText(rule));
  if (remoteGroup !== undefined) {
    const id = groups.get(remoteGroup)?.id;
    if (id === undefined) throw new Error(`a rule names the security group ${remoteGroup}, which is not there`);
    words.push('-m', 'set', '--match-set', setName(family, id), inwards ? 'src' : 'dst');
  }
  return [...words, '-j', 'RETURN'].join(' ');
}

function portsText({ protocol, ports, icmp }: SecurityRule): readonly string[] {
  if (protocol === undefined) return [];
  const name = NAMES[protocol] ?? 'dccp';
  if (icmp !== undefined && (protocol === ICMP || protocol === ICMPV6)) {
    const { type, code } = icmp;
    const value = code === undefined ? String(type) : `${String(type)}/${String(code)}`;
    return protocol === ICMP ? ['-m', 'icmp', '--icmp-type', value] : ['-m', 'icmp6', '--icmpv6-type', value];
  }
  if (ports === undefined) return [];
  const range = formatPorts(ports);
  if (protocol === MULTIPORT_ONLY) return ['-m', 'multiport', '--dports', range];
  if (ports.first === ports.last) return ['-m', name, '--dport', range];
  return ['-m', name, '-m', 'multiport', '--dports', range];
}
