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
    },
    {
      what: 'a foreign nft table drops ARP in the router',
      breaks: 'router gw',
      damage: inRouter(
        'nft "add table arp bad; add chain arp bad f { type filter hook input priority 0; policy drop; }"',
      ),
      verdict: 'healed',
      heal: '--heal-foreign',
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
    },
    {
      what: 'a foreign DNAT is the first rule of the router’s PREROUTING',
      breaks: 'floating-ip many',
      damage: inRouter('iptables -t nat -I PREROUTING -p tcp -j DNAT --to 10.20.0.99'),
      verdict: 'healed',
      heal: '--heal-foreign',
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
    },
    {
      what: 'a foreign rule marks packets in the router’s mangle PREROUTING',
      damage: inRouter('iptables -t mangle -A PREROUTING -j MARK --set-mark 0x9'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'a foreign chain drops packets in the router’s table filter of nftables',
      damage: inRouter('nft "add chain ip filter bad { type filter hook forward priority -5; policy drop; }"'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'iptables-legacy drops what the router forwards',
      damage: inRouter('iptables-legacy -I FORWARD -j DROP'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'a foreign chain of FORWARD drops what the router forwards',
      damage: inRouter('iptables -N evil; iptables -A evil -p icmp -j DROP; iptables -I FORWARD -j evil'),
      verdict: 'healed',
      heal: '--heal-foreign',
    },
    {
      what: 'an empty table of nftables, and rules that only count, are in the router',
      damage: inRouter(
        'nft "add table inet mine; add chain inet mine f { type filter hook forward priority 5; }"; ' +
          'iptables -I FORWARD -j LOG; iptables -A FORWARD -m comment --comment counts; iptables -A FORWARD -j ACCEPT',
      ),
      verdict: { harmless: 'because nothing of it decides about a packet' },
      undo: inRouter(
        'nft delete table inet mine; iptables -D FORWARD -j LOG; ' +
          'iptables -D FORWARD -m comment --comment counts; iptables -D FORWARD -j ACCEPT',
      ),
    },
  ];
}
