import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages by iptables and nftables inside our namespaces. */
export function netfilter({ inRouter, inDhcp }: Names): readonly Damage[] {
  return [
    {
      what: 'a foreign nft table drops input in the DHCP server’s namespace',
      breaks: 'dhcp inner',
      damage: inDhcp(
        'nft "add table inet bad; add chain inet bad f { type filter hook input priority -10; policy drop; }"',
      ),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inDhcp('nft delete table inet bad'),
      pending: 'foreign nft tables in our namespaces',
    },
    {
      what: 'a foreign nft table drops ARP in the router',
      breaks: 'router gw',
      damage: inRouter(
        'nft "add table arp bad; add chain arp bad f { type filter hook input priority 0; policy drop; }"',
      ),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('nft delete table arp bad'),
      pending: 'foreign nft tables in our namespaces',
    },
    {
      what: 'the router’s FORWARD has policy DROP',
      breaks: 'router gw',
      damage: inRouter('iptables -P FORWARD DROP'),
      verdict: 'healed',
      undo: inRouter('iptables -P FORWARD ACCEPT'),
    },
    {
      what: 'the router’s table security has policy DROP in OUTPUT',
      damage: inRouter('iptables -t security -P OUTPUT DROP'),
      verdict: 'healed',
      undo: inRouter('iptables -t security -P OUTPUT ACCEPT'),
    },
    {
      what: 'the DHCP server’s ip6tables has policy DROP in INPUT',
      damage: inDhcp('ip6tables -P INPUT DROP'),
      verdict: 'healed',
      undo: inDhcp('ip6tables -P INPUT ACCEPT'),
    },
    {
      what: 'a foreign DROP is the first rule of the router’s FORWARD',
      breaks: 'router gw',
      damage: inRouter('iptables -I FORWARD -j DROP'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('iptables -D FORWARD -j DROP'),
      pending: 'foreign rules in our namespaces',
    },
    {
      what: 'a foreign DNAT is the first rule of the router’s PREROUTING',
      breaks: 'floating-ip many',
      damage: inRouter('iptables -t nat -I PREROUTING -p tcp -j DNAT --to 10.20.0.99'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('iptables -t nat -D PREROUTING -p tcp -j DNAT --to 10.20.0.99'),
      pending: 'foreign rules in our namespaces',
    },
    {
      what: 'a foreign ACCEPT is the first rule of the router’s nat POSTROUTING',
      breaks: 'router gw',
      damage: inRouter('iptables -t nat -I POSTROUTING -j ACCEPT'),
      verdict: 'healed',
      stays: 'POSTROUTING -j ACCEPT',
      undo: inRouter('iptables -t nat -D POSTROUTING -j ACCEPT'),
    },
    {
      what: 'the router’s table security drops what it forwards',
      breaks: 'router gw',
      damage: inRouter('iptables -t security -I FORWARD -j DROP'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('iptables -t security -D FORWARD -j DROP'),
      pending: 'foreign rules in our namespaces',
    },
    {
      what: 'a foreign rule marks packets in the router’s mangle PREROUTING',
      damage: inRouter('iptables -t mangle -A PREROUTING -j MARK --set-mark 0x9'),
      verdict: 'healed',
      heal: '--heal-foreign',
      undo: inRouter('iptables -t mangle -D PREROUTING -j MARK --set-mark 0x9'),
      pending: 'foreign rules in our namespaces',
    },
  ];
}
