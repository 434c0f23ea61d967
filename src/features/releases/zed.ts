import type { ReleaseText, RuleText } from '../rules/rule-text.ts';
import { DHCP_IPV4, DHCP_IPV6 } from './dhcp.ts';
import { portForwardingRules } from './port-forwarding.ts';
import {
  CROSSING_EXIT_RULES,
  CROSSING_RULES,
  GATEWAY_MARKS,
  INTERFACE_RULES,
  METADATA_RULES,
  NO_SNAT_RULES,
  ROUTER_SKELETON,
  SAME_SCOPE_RULES,
  SNAT_MARKS,
} from './since-mitaka.ts';

/** Zed (2022), one of the last releases with linuxbridge: IPv4 and IPv6, and random source ports. */
const ROUTER_IPV4: RuleText = {
  skeleton: ROUTER_SKELETON,
  slots: {
    metadata: METADATA_RULES,
    interface: INTERFACE_RULES,
    gateway: `${GATEWAY_MARKS}
      *nat
      -A neutron-l3-agent-POSTROUTING ! -o $device -m conntrack ! --ctstate DNAT -j ACCEPT
      -A neutron-l3-agent-snat -m mark ! --mark 0x2/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source $address --random-fully
    `,
    snat: `${SNAT_MARKS}
      *nat
      -A neutron-l3-agent-snat -o $device -j SNAT --to-source $address --random-fully
    `,
    'no-snat': NO_SNAT_RULES,
    'same-scope': SAME_SCOPE_RULES,
    crossing: CROSSING_RULES,
    'crossing-exit': CROSSING_EXIT_RULES,
    'floating-ip': `
      *nat
      -A neutron-l3-agent-OUTPUT -d $floating/32 -j DNAT --to-destination $fixed
      -A neutron-l3-agent-PREROUTING -d $floating/32 -j DNAT --to-destination $fixed
      -A neutron-l3-agent-float-snat -s $fixed/32 -j SNAT --to-source $floating --random-fully
    `,
    ...portForwardingRules('neutron-l3-agent'),
  },
};

/** IPv6 has neither floating IPs nor source NAT, and the metadata address is link-local. */
const ROUTER_IPV6: RuleText = {
  skeleton: `
    *mangle
    -N neutron-l3-agent-FORWARD
    -N neutron-l3-agent-INPUT
    -N neutron-l3-agent-OUTPUT
    -N neutron-l3-agent-POSTROUTING
    -N neutron-l3-agent-PREROUTING
    -N neutron-l3-agent-scope
    -A PREROUTING -j neutron-l3-agent-PREROUTING
    -A INPUT -j neutron-l3-agent-INPUT
    -A FORWARD -j neutron-l3-agent-FORWARD
    -A OUTPUT -j neutron-l3-agent-OUTPUT
    -A POSTROUTING -j neutron-l3-agent-POSTROUTING
    -A neutron-l3-agent-PREROUTING -j neutron-l3-agent-scope
    -A neutron-l3-agent-PREROUTING -m connmark ! --mark 0x0/0xffff0000 -j CONNMARK --restore-mark --nfmask 0xffff0000 --ctmask 0xffff0000
    -A neutron-l3-agent-PREROUTING @metadata

    *raw
    -N neutron-l3-agent-OUTPUT
    -N neutron-l3-agent-PREROUTING
    -A PREROUTING -j neutron-l3-agent-PREROUTING
    -A OUTPUT -j neutron-l3-agent-OUTPUT

    *filter
    -N neutron-filter-top
    -N neutron-l3-agent-FORWARD
    -N neutron-l3-agent-INPUT
    -N neutron-l3-agent-OUTPUT
    -N neutron-l3-agent-local
    -N neutron-l3-agent-scope
    -A INPUT -j neutron-l3-agent-INPUT
    -A FORWARD -j neutron-filter-top
    -A FORWARD -j neutron-l3-agent-FORWARD
    -A OUTPUT -j neutron-filter-top
    -A OUTPUT -j neutron-l3-agent-OUTPUT
    -A neutron-filter-top -j neutron-l3-agent-local
    -A neutron-l3-agent-FORWARD -j neutron-l3-agent-scope
    -A neutron-l3-agent-INPUT @metadata

    *nat
    -N neutron-l3-agent-PREROUTING
    -A PREROUTING -j neutron-l3-agent-PREROUTING
    -A neutron-l3-agent-PREROUTING @metadata
  `,
  slots: {
    metadata: `
      *mangle
      -A neutron-l3-agent-PREROUTING -d fe80::a9fe:a9fe/128 -i qr-+ -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffff
      *filter
      -A neutron-l3-agent-INPUT -m mark --mark 0x1/0xffff -j ACCEPT
      -A neutron-l3-agent-INPUT -p tcp -m tcp --dport 9697 -j DROP
      *nat
      -A neutron-l3-agent-PREROUTING -d fe80::a9fe:a9fe/128 -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697
    `,
  },
};

export const ZED: ReleaseText = {
  router: { 4: ROUTER_IPV4, 6: ROUTER_IPV6 },
  dhcp: { 4: DHCP_IPV4, 6: DHCP_IPV6 },
  metadataCidr: '169.254.169.254/32',
  metadataLinkLocal: 'fe80::a9fe:a9fe/64',
};
