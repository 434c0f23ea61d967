import type { ReleaseText, RuleText } from '../rules/rule-text.ts';
import { DHCP_IPV4 } from './dhcp.ts';
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

/**
 * Mitaka (2016), IPv4 only: SNAT uses ports in order (`--random-fully` came with Stein), and packets that arrive on the
 * gateway device are excluded from source NAT too (`! -i`).
 */
const ROUTER: RuleText = {
  skeleton: ROUTER_SKELETON,
  slots: {
    metadata: METADATA_RULES,
    interface: INTERFACE_RULES,
    gateway: `${GATEWAY_MARKS}
      *nat
      -A neutron-l3-agent-POSTROUTING ! -i $device ! -o $device -m conntrack ! --ctstate DNAT -j ACCEPT
      -A neutron-l3-agent-snat -m mark ! --mark 0x2/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source $address
    `,
    snat: `${SNAT_MARKS}
      *nat
      -A neutron-l3-agent-snat -o $device -j SNAT --to-source $address
    `,
    'no-snat': NO_SNAT_RULES,
    'same-scope': SAME_SCOPE_RULES,
    crossing: CROSSING_RULES,
    'crossing-exit': CROSSING_EXIT_RULES,
    'floating-ip': `
      *nat
      -A neutron-l3-agent-OUTPUT -d $floating/32 -j DNAT --to-destination $fixed
      -A neutron-l3-agent-PREROUTING -d $floating/32 -j DNAT --to-destination $fixed
      -A neutron-l3-agent-float-snat -s $fixed/32 -j SNAT --to-source $floating
    `,
    ...portForwardingRules('neutron-l3-agent'),
  },
};

export const MITAKA: ReleaseText = {
  router: { 4: ROUTER },
  // Mitaka's DHCP agent also created a nat table of empty chains. It has no effect and is left out.
  dhcp: { 4: DHCP_IPV4 },
  metadataCidr: '169.254.169.254/16',
};
