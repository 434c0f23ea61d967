import type { RuleText } from '../rules/rule-text.ts';

const ICMP_FROM_UNSPECIFIED = ['131', '135', '143'];
const ICMP_TO_PORT = ['130', '135', '136'];

const DIRECT = 'Direct traffic from the VM interface to the security group chain.';
const INCOMING = 'Direct incoming traffic from VM to the security group chain.';
const JUMP = 'Jump to the VM specific chain.';
const KNOWN = 'Direct packets associated with a known session to the RETURN chain.';
const UNKNOWN =
  'Drop packets that appear related to an existing connection (e.g. TCP ACK/FIN) but do not have an entry in ' +
  'conntrack.';
const UNMATCHED = 'Send unmatched traffic to the fallback chain.';
const UNFILTERED = 'Accept all packets when port security is disabled.';
const TRUSTED = 'Accept all packets when port is trusted.';

/**
 * The rules of a node that filters its instances' ports, as Neutron's iptables firewall driver writes them
 * (agent/linux/iptables_firewall.py). `agent` is the prefix of its chains, such as `neutron-linuxbri`; `top` that of
 * the chain that all agents share. Traffic from a router or an unfiltered port to a filtered port passes the filter
 * first: the ACCEPT rule for the sender comes later. Slots of a port: its chain `i` (in) has opening, established,
 * dhcp-answers, ingress, closing; `o` (out) has opening, spoofing, verified, established, egress, closing; `s` (source)
 * has pairs, closing.
 */
export function firewallText(agent: string, top: string): { readonly 4: RuleText; readonly 6: RuleText } {
  const skeleton = skeletonText(agent, top);
  const common = slotsOf(agent);
  return {
    4: {
      skeleton,
      slots: {
        ...common,
        opening: `
          *filter
          -A ${agent}-o$port -s 0.0.0.0/32 -d 255.255.255.255/32 -p udp -m udp --sport 68 --dport 67 -m comment --comment "Allow DHCP client traffic." -j RETURN
        `,
        verified: `
          *filter
          -A ${agent}-o$port -p udp -m udp --sport 68 --dport 67 -m comment --comment "Allow DHCP client traffic." -j RETURN
          -A ${agent}-o$port -p udp -m udp --sport 67 --dport 68 -m comment --comment "Prevent DHCP Spoofing by VM." -j DROP
        `,
        'dhcp-answers': `
          *filter
          -A ${agent}-i$port -d $destination -p udp -m udp --sport 67 --dport 68 -j RETURN
        `,
      },
    },
    6: {
      skeleton,
      slots: {
        ...common,
        opening: `
          *filter
          ${ICMP_TO_PORT.map((type) => `-A ${agent}-i$port -p ipv6-icmp -m icmp6 --icmpv6-type ${type} -j RETURN`).join('\n')}
          ${ICMP_FROM_UNSPECIFIED.map((type) => `-A ${agent}-o$port -s ::/128 -d ff02::/16 -p ipv6-icmp -m icmp6 --icmpv6-type ${type} -m comment --comment "Allow IPv6 ICMP traffic." -j RETURN`).join('\n')}
        `,
        verified: `
          *filter
          -A ${agent}-o$port -p ipv6-icmp -m icmp6 --icmpv6-type 134 -m comment --comment "Drop IPv6 Router Advts from VM Instance." -j DROP
          -A ${agent}-o$port -p ipv6-icmp -m comment --comment "Allow IPv6 ICMP traffic." -j RETURN
          -A ${agent}-o$port -p udp -m udp --sport 546 --dport 547 -m comment --comment "Allow DHCP client traffic." -j RETURN
          -A ${agent}-o$port -p udp -m udp --sport 547 --dport 546 -m comment --comment "Prevent DHCP Spoofing by VM." -j DROP
        `,
        'dhcp-answers': `
          *filter
          -A ${agent}-i$port -d $destination -p udp -m udp --sport 547 --dport 546 -j RETURN
        `,
      },
    },
  };
}

/**
 * On a node that routes itself (`use_namespaces: false`) br_netfilter passes bridged frames between an instance and the
 * switch through the nat table too. These rules exclude them from the router's NAT, which applies only once they reach
 * the router.
 */
export function exemptFromNatText(agent: string): RuleText {
  return {
    skeleton: `
      *nat
      -N ${agent}-PREROUTING
      -A PREROUTING -j ${agent}-PREROUTING
      -A ${agent}-PREROUTING -m physdev --physdev-is-in -m comment --comment "Bridged frames are translated by the router." -j ACCEPT
    `,
    slots: {},
  };
}

function skeletonText(agent: string, top: string): string {
  return `
    *raw
    -N ${agent}-OUTPUT
    -N ${agent}-PREROUTING
    -A PREROUTING -j ${agent}-PREROUTING
    -A OUTPUT -j ${agent}-OUTPUT
    -A ${agent}-PREROUTING @zone
    -A ${agent}-PREROUTING @untracked

    *filter
    -N ${top}
    -N ${agent}-FORWARD
    -N ${agent}-INPUT
    -N ${agent}-OUTPUT
    -N ${agent}-local
    -N ${agent}-sg-chain
    -N ${agent}-sg-fallback
    -A INPUT -j ${agent}-INPUT
    -A FORWARD -j ${top}
    -A FORWARD -j ${agent}-FORWARD
    -A OUTPUT -j ${top}
    -A OUTPUT -j ${agent}-OUTPUT
    -A ${top} -j ${agent}-local
    -A ${agent}-FORWARD @port
    -A ${agent}-FORWARD @unfiltered
    -A ${agent}-FORWARD @trusted
    -A ${agent}-INPUT @port
    -A ${agent}-INPUT @unfiltered
    -A ${agent}-sg-chain @port
    -A ${agent}-sg-chain -j ACCEPT
    -A ${agent}-sg-fallback -m comment --comment "Default drop rule for unmatched traffic." -j DROP
  `;
}

function slotsOf(agent: string): RuleText['slots'] {
  const bridged = (direction: 'in' | 'out'): string => `-m physdev --physdev-${direction} $tap --physdev-is-bridged`;
  return {
    port: `
      *filter
      -N ${agent}-i$port
      -A ${agent}-i$port @opening
      -A ${agent}-i$port @established
      -A ${agent}-i$port @dhcp-answers
      -A ${agent}-i$port @ingress
      -A ${agent}-i$port @closing
      -N ${agent}-o$port
      -A ${agent}-o$port @opening
      -A ${agent}-o$port @spoofing
      -A ${agent}-o$port @verified
      -A ${agent}-o$port @established
      -A ${agent}-o$port @egress
      -A ${agent}-o$port @closing
      -A ${agent}-FORWARD ${bridged('out')} -m comment --comment "${DIRECT}" -j ${agent}-sg-chain
      -A ${agent}-FORWARD ${bridged('in')} -m comment --comment "${DIRECT}" -j ${agent}-sg-chain
      -A ${agent}-INPUT ${bridged('in')} -m comment --comment "${INCOMING}" -j ${agent}-o$port
      -A ${agent}-sg-chain ${bridged('out')} -m comment --comment "${JUMP}" -j ${agent}-i$port
      -A ${agent}-sg-chain ${bridged('in')} -m comment --comment "${JUMP}" -j ${agent}-o$port
    `,
    spoofing: `
      *filter
      -N ${agent}-s$port
      -A ${agent}-s$port @pairs
      -A ${agent}-s$port @spoofing
      -A ${agent}-o$port -j ${agent}-s$port
      -A ${agent}-s$port -m comment --comment "Drop traffic without an IP/MAC allow rule." -j DROP
    `,
    pairs: `
      *filter
      -A ${agent}-s$port $source-m mac --mac-source $mac -m comment --comment "Allow traffic from defined IP/MAC pairs." -j RETURN
    `,
    established: `
      *filter
      -A ${agent}-i$port -m state --state RELATED,ESTABLISHED -m comment --comment "${KNOWN}" -j RETURN
      -A ${agent}-o$port -m state --state RELATED,ESTABLISHED -m comment --comment "${KNOWN}" -j RETURN
    `,
    ingress: `
      *filter
      -A ${agent}-i$port $rule
    `,
    egress: `
      *filter
      -A ${agent}-o$port $rule
    `,
    closing: `
      *filter
      -A ${agent}-i$port -m state --state INVALID -m comment --comment "${UNKNOWN}" -j DROP
      -A ${agent}-i$port -m comment --comment "${UNMATCHED}" -j ${agent}-sg-fallback
      -A ${agent}-o$port -m state --state INVALID -m comment --comment "${UNKNOWN}" -j DROP
      -A ${agent}-o$port -m comment --comment "${UNMATCHED}" -j ${agent}-sg-fallback
    `,
    zone: tracking(agent, 'Set zone for $short', 'CT --zone @$entry'),
    untracked: tracking(agent, 'Make $short stateless', 'CT --notrack'),
    unfiltered: `
      *filter
      -A ${agent}-FORWARD ${bridged('out')} -m comment --comment "${UNFILTERED}" -j ACCEPT
      -A ${agent}-FORWARD ${bridged('in')} -m comment --comment "${UNFILTERED}" -j ACCEPT
      -A ${agent}-INPUT ${bridged('in')} -m comment --comment "${UNFILTERED}" -j ACCEPT
    `,
    trusted: `
      *filter
      -A ${agent}-FORWARD ${bridged('out')} -m comment --comment "${TRUSTED}" -j ACCEPT
      -A ${agent}-FORWARD ${bridged('in')} -m comment --comment "${TRUSTED}" -j ACCEPT
    `,
  };
}

/** Conntrack rules for frames of a port: by the entry device, by it as a bridge, and by the port. */
function tracking(agent: string, comment: string, target: string): string {
  const rule = (match: string): string =>
    `-A ${agent}-PREROUTING ${match} -m comment --comment "${comment}" -j ${target}`;
  return `
    *raw
    ${rule('-m physdev --physdev-in $entry')}
    ${rule('-i $entry')}
    ${rule('-m physdev --physdev-in $tap')}
  `;
}
