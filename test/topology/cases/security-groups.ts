import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { port } from './edits.ts';

/** The base with a security group `web` of these fields. */
function group(more: string): string {
  return edited(['floating_ips:', `security_groups:\n  web: ${more}\nfloating_ips:`]);
}

/** The same with one rule for traffic to its ports. */
function ruled(rule: string): string {
  return group(`{ rules: [{ direction: ingress, ${rule} }] }`);
}

/** Security groups, their rules, and ports without any. */
export const SECURITY_GROUPS: readonly FaultCase[] = [
  ['NL221', 'a port in an unknown group', port('security_groups: [default, «wbe]')],
  ['NL221', 'a rule for an unknown group', ruled('remote_group: «wbe')],
  ['NL102', 'a rule without direction', group('{ rules: [«{ protocol: tcp }] }')],
  ['NL107', 'an unknown protocol', ruled('protocol: «tpc')],
  ['NL107', 'a prefix that is an address', ruled("remote_ip_prefix: «'192.0.2.1'")],
  ['NL630', 'a prefix with host bits', ruled('remote_ip_prefix: «192.0.2.9/24')],
  ['NL630', 'a pair with host bits', port('allowed_address_pairs: [{ ip_address: «1.1.1.1/0 }]')],
  ['NL731', 'groups of an unfiltered port', port('port_security_enabled: false, security_groups: «[default]')],
  [
    'NL731',
    'pairs of an unfiltered port',
    port('port_security_enabled: false, allowed_address_pairs: «[{ ip_address: 10.0.0.99 }]'),
  ],
  ['NL732', 'ports without a protocol', ruled('port_range_min: «22, port_range_max: 22')],
  ['NL732', 'ports of a protocol without any', ruled('protocol: gre, port_range_min: «22, port_range_max: 22')],
  ['NL732', 'half a range', ruled('protocol: tcp, port_range_min: «22')],
  ['NL732', 'a code without a type', ruled('protocol: icmp, port_range_max: «0')],
  ['NL733', 'a range whose end is before its start', ruled('protocol: tcp, port_range_min: «23, port_range_max: 22')],
  ['NL733', 'port 0', ruled('protocol: udp, port_range_min: «0, port_range_max: 22')],
  ['NL733', 'a type beyond a byte', ruled('protocol: icmp, port_range_min: «256')],
  ['NL734', 'a prefix and a group', ruled('remote_ip_prefix: 192.0.2.0/24, remote_group: «default')],
  ['NL735', 'IPv6 in a rule for IPv4', ruled("remote_ip_prefix: «'2001:db8::/32'")],
  ['NL735', 'IPv4 in a rule for IPv6', ruled('ethertype: IPv6, remote_ip_prefix: «192.0.2.0/24')],
  ['NL736', 'a protocol of IPv6 in a rule for IPv4', ruled('protocol: «icmpv6')],
  ['NL736', 'a protocol of IPv6 by its number in a rule for IPv4', ruled('protocol: «58, port_range_min: 128')],
  [
    'NL737',
    'one rule twice, in two spellings',
    group('{ rules: [{ direction: ingress, protocol: 6 }, «{ direction: ingress, protocol: tcp, ethertype: IPv4 }] }'),
  ],
  ['NL686', 'a default rule repeated', group('{ rules: [«{ direction: egress }] }')],
  [
    'NL737',
    'one IPv6 prefix in two spellings',
    group(
      "{ rules: [{ direction: ingress, ethertype: IPv6, remote_ip_prefix: '2001:DB8:0::/48' }, " +
        "«{ direction: ingress, ethertype: IPv6, remote_ip_prefix: '2001:db8::/48' }] }",
    ),
  ],
  ['NL738', 'no IPv6 network', ruled("ethertype: IPv6, remote_ip_prefix: «'2001:db8:::/32'")],
  ['NL738', 'no IPv6 address', port("allowed_address_pairs: [{ ip_address: «'fe80::1::2' }]")],
  [
    'NL739',
    'an egress rule beside the default ones',
    group('{ rules: [«{ direction: egress, protocol: tcp, port_range_min: 443, port_range_max: 443 }] }'),
  ],
];
