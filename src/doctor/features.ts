import type { State } from './finding.ts';

/**
 * A feature of the kernel: the sh script that tries it in a temporary namespace, and what does not work without it.
 */
export interface KernelFeature {
  readonly id: string;
  readonly name: string;
  readonly area: 'kernel' | 'iptables';
  readonly script: string;
  /** Standard input of the script. */
  readonly input?: string;
  readonly state: Exclude<State, 'ok'>;
  readonly cost: string;
  readonly fix: string;
}

const kernel = (
  id: string,
  name: string,
  script: string,
  cost: string,
  fix: string,
  state: KernelFeature['state'] = 'missing',
): KernelFeature => ({ id, name, area: 'kernel', script, cost, fix, state });

/** Returns the input of a restore program that adds rules to a table. */
const restoring = (table: string, ...rules: readonly string[]): string =>
  [`*${table}`, ...rules, 'COMMIT', ''].join('\n');

const rule = (
  id: string,
  name: string,
  input: string,
  cost: string,
  module: string,
  command: 'iptables-restore' | 'ip6tables-restore' = 'iptables-restore',
): KernelFeature => ({
  id,
  name,
  area: 'iptables',
  script: `${command} --noflush`,
  input,
  state: 'missing',
  cost,
  fix: module === '' ? 'see the message' : `as root: modprobe ${module}`,
});

const CHECKS = `add table bridge nldoctor
add map bridge nldoctor checks { type ifname : verdict ; }
add set bridge nldoctor sources { type ether_addr . ipv4_addr ; flags interval ; \
elements = { fa:16:3e:00:00:01 . 10.0.0.0/25 } ; }
add chain bridge nldoctor prerouting { type filter hook prerouting priority -300 ; policy accept ; }
add rule bridge nldoctor prerouting iifname vmap @checks
add rule bridge nldoctor prerouting arp saddr ether fa:16:3e:00:00:01 ether saddr . arp saddr ip @sources accept
`;

const SYSCTL_FIX = 'in a container, mount /proc/sys writable (privileged)';

/** In the order of the trials: some use what an earlier one created. */
export const FEATURES: readonly KernelFeature[] = [
  kernel(
    'bridge',
    'bridges',
    'ip link add name nlbr0 type bridge',
    'no network can be created',
    'as root: modprobe bridge',
  ),
  kernel(
    'veth',
    'veth pairs',
    'ip link add name nlve0 type veth peer name nlve1',
    'no port can be created',
    'as root: modprobe veth',
  ),
  kernel(
    'bridge-port',
    'ports in a bridge',
    'ip link set dev nlve0 master nlbr0',
    'no port can be added to a bridge',
    'see the checks of bridges and veth pairs',
  ),
  kernel(
    'alias',
    'marks on devices (ifalias)',
    'ip link set dev nlbr0 alias netloom:doctor',
    'netloom cannot mark its devices',
    'use a kernel of 2.6.29 or newer',
  ),
  kernel(
    'netns',
    'named namespaces',
    'mkdir -p /run/netns && ip netns add nlns0 && ip netns exec nlns0 true && ip netns del nlns0',
    'no router and no DHCP server can be created',
    'in a container, run it privileged',
  ),
  kernel(
    'tuntap',
    'tap devices',
    'ip tuntap add dev nltap0 mode tap',
    'instances with `attach: tap` cannot be created',
    'as root: modprobe tun; for an ordinary user /dev/net/tun must have mode 0666',
    'warning',
  ),
  {
    ...kernel(
      'nft-bridge',
      'nft tables of the bridge family',
      'nft -f - && nft -j list table bridge nldoctor >/dev/null && nft delete table bridge nldoctor',
      'anti-spoofing rules for instances cannot be created',
      'apt-get install --no-install-recommends nftables; use a kernel of 5.6 or newer with NF_TABLES_BRIDGE',
      'warning',
    ),
    input: CHECKS,
  },
  kernel(
    'ip-forward',
    'sysctl ip_forward',
    'echo 1 >/proc/sys/net/ipv4/ip_forward',
    'routers do not forward',
    SYSCTL_FIX,
  ),
  kernel(
    'arp-sysctls',
    'sysctls arp_ignore, arp_announce',
    'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore && echo 2 >/proc/sys/net/ipv4/conf/all/arp_announce',
    'routers answer ARP for addresses of their other ports',
    SYSCTL_FIX,
  ),
  rule(
    'nat',
    'table nat, SNAT and DNAT',
    restoring(
      'nat',
      '-A POSTROUTING -j SNAT --to-source 192.0.2.1',
      '-A PREROUTING -j DNAT --to-destination 192.0.2.2',
    ),
    'no SNAT and no floating IP',
    'iptable_nat',
  ),
  rule(
    'conntrack',
    'match conntrack',
    restoring('filter', '-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'),
    'floating IPs and stateful filters do not work',
    'xt_conntrack',
  ),
  rule(
    'mark',
    'match and target MARK',
    restoring(
      'mangle',
      '-A PREROUTING -j MARK --set-xmark 0x1/0xffff',
      '-A PREROUTING -m mark --mark 0x1/0xffff -j ACCEPT',
    ),
    'routers cannot mark packets',
    'xt_mark',
  ),
  rule(
    'connmark',
    'match and target CONNMARK',
    restoring(
      'mangle',
      '-A PREROUTING -m connmark --mark 0x0/0xffff0000 -j CONNMARK --save-mark --nfmask 0xffff0000 --ctmask 0xffff0000',
    ),
    'routers cannot mark connections',
    'xt_connmark',
  ),
  rule(
    'comment',
    'match comment',
    restoring('filter', '-A FORWARD -m comment --comment netloom -j ACCEPT'),
    'the rules of newer OpenStack releases cannot be created',
    'xt_comment',
  ),
  rule(
    'redirect',
    'target REDIRECT',
    restoring('nat', '-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 9697'),
    'instances get no metadata',
    'xt_REDIRECT',
  ),
  rule('ct', 'table raw, target CT', restoring('raw', '-A PREROUTING -j CT'), 'no conntrack zones', 'xt_CT'),
  rule(
    'ip6tables',
    'ip6tables',
    restoring('filter', '-A FORWARD -j DROP'),
    'IPv6 cannot be filtered',
    'ip6table_filter',
    'ip6tables-restore',
  ),
  {
    id: 'ipset',
    name: 'ipset, match set',
    area: 'iptables',
    script: 'ipset create nlset hash:net family inet && iptables-restore --noflush',
    input: restoring('filter', '-A FORWARD -m set --match-set nlset src -j ACCEPT'),
    state: 'warning',
    cost: 'security group rules with a remote group cannot be created',
    fix: 'apt-get install --no-install-recommends ipset; as root: modprobe ip_set_hash_net; modprobe xt_set',
  },
];
