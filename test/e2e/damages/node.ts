import type { Damage } from './damage.ts';
import type { Names } from './names.ts';

/** Damages to the node itself: its own firewall, its kernel parameters. */
export function nodeRows({ www }: Names): readonly Damage[] {
  return [
    {
      what: 'br_netfilter is off for iptables',
      damage: 'sysctl -qw net.bridge.bridge-nf-call-iptables=0',
      verdict: { told: 'bridge-nf-call-iptables' },
      undo: 'sysctl -qw net.bridge.bridge-nf-call-iptables=1',
    },
    {
      what: 'a foreign nft table drops what the NIC receives',
      breaks: 'instance sql eth0',
      damage: `nft add table netdev bad
        nft 'add chain netdev bad f { type filter hook ingress device eth1 priority 0; policy drop; }'`,
      verdict: { told: 'table netdev bad' },
      only: 'linuxbridge',
      undo: 'nft delete table netdev bad',
    },
    {
      what: 'a foreign DROP for a guest’s tap is the first rule of FORWARD',
      damage: `iptables -I FORWARD -m physdev --physdev-in ${www.tap} -j DROP`,
      verdict: { told: www.tap },
      undo: `iptables -D FORWARD -m physdev --physdev-in ${www.tap} -j DROP`,
    },
    {
      what: 'a foreign NOTRACK is the first rule of raw PREROUTING',
      damage: 'iptables -t raw -I PREROUTING -j NOTRACK',
      verdict: 'healed',
      // The rule stays, behind our jumps.
      stays: '-j NOTRACK',
      undo: 'iptables -t raw -D PREROUTING -j NOTRACK',
    },
    {
      what: 'Neutron’s ebtables chains are left over for a guest’s tap',
      damage: `c=neutronARP-${www.tap}
        ebtables -t nat -N $c; ebtables -t nat -A PREROUTING -i ${www.tap} -j $c; ebtables -t nat -A $c -j DROP`,
      verdict: { told: 'ebtables' },
      undo: `c=neutronARP-${www.tap}
        ebtables -t nat -D PREROUTING -i ${www.tap} -j $c; ebtables -t nat -F $c; ebtables -t nat -X $c`,
      only: 'linuxbridge',
    },
    {
      what: 'a foreign ACCEPT of bridged frames is the first rule of FORWARD',
      damage: 'iptables -I FORWARD -m physdev --physdev-is-bridged -j ACCEPT',
      verdict: 'healed',
      stays: '--physdev-is-bridged -j ACCEPT',
      undo: 'iptables -D FORWARD -m physdev --physdev-is-bridged -j ACCEPT',
    },
    {
      what: 'a foreign table of the bridge family drops what a guest sends',
      damage: `nft "add table bridge bad; add chain bridge bad f { type filter hook forward priority 0; }
        add rule bridge bad f iifname \\"${www.tap}\\" drop"`,
      verdict: { told: 'table bridge bad' },
      undo: 'nft delete table bridge bad',
      only: 'linuxbridge',
    },
    {
      what: 'ebtables has chains for devices of another program, as libvirt writes them',
      damage: `ebtables -t nat -N libvirt-I-vnet9; ebtables -t nat -A libvirt-I-vnet9 -j DROP
        ebtables -t nat -A PREROUTING -i vnet9 -j libvirt-I-vnet9`,
      verdict: { harmless: 'because no device of ours is named' },
      undo: `ebtables -t nat -D PREROUTING -i vnet9 -j libvirt-I-vnet9
        ebtables -t nat -F libvirt-I-vnet9; ebtables -t nat -X libvirt-I-vnet9`,
    },
  ];
}
