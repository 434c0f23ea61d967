import type { SecurityRule } from '../../compile/resolve/resolved.ts';
import { setName } from '../../kinds/ipset/spec.ts';
import { formatPorts } from '../../net/ports.ts';
import { ICMP, ICMPV6 } from '../../net/protocols.ts';

/**
 * Protocols that iptables knows by name without /etc/protocols, by their numbers (libxtables, xtables_chain_protos). The others are written as
 * numbers: a node's iptables may save a name for them, which is no difference.
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

/** A rule of a security group as iptables-save prints it (Neutron: `_convert_sg_rule_to_iptables_args`). `groupId` gives the id of a group by its name. */
export function ruleText(rule: SecurityRule, groupId: (name: string) => string): string {
  const { direction, family, protocol, remotePrefix, remoteGroup } = rule;
  const inwards = direction === 'ingress';
  const words: string[] = [];
  if (remotePrefix !== undefined && !remotePrefix.endsWith('/0')) words.push(inwards ? '-s' : '-d', remotePrefix);
  if (protocol !== undefined) words.push('-p', NAMES[protocol] ?? String(protocol));
  if (remoteGroup !== undefined) {
    words.push('-m', 'set', '--match-set', setName(family, groupId(remoteGroup)), inwards ? 'src' : 'dst');
  }
  return [...words, ...portsText(rule), '-j', 'RETURN'].join(' ');
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
