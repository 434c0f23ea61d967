import type { ReleaseText, RuleText } from '../rules/rule-text.ts';
import { portForwardingRules } from './port-forwarding.ts';

/**
 * Grizzly (2013): the project was called Quantum, and its L3 agent wrote only nat and filter. Source NAT is per subnet
 * (`-s CIDR`) instead of per outgoing device, and the metadata rule accepts requests from every source.
 */
const ROUTER: RuleText = {
  skeleton: `
    *nat
    -N quantum-l3-agent-OUTPUT
    -N quantum-l3-agent-POSTROUTING
    -N quantum-l3-agent-PREROUTING
    -N quantum-l3-agent-float-snat
    -N quantum-l3-agent-snat
    -N quantum-postrouting-bottom
    -A PREROUTING -j quantum-l3-agent-PREROUTING
    -A OUTPUT -j quantum-l3-agent-OUTPUT
    -A POSTROUTING -j quantum-l3-agent-POSTROUTING
    -A POSTROUTING -j quantum-postrouting-bottom
    -A quantum-l3-agent-OUTPUT @floating-ip
    -A quantum-l3-agent-POSTROUTING @gateway
    -A quantum-l3-agent-PREROUTING @port-forwardings
    -A quantum-l3-agent-PREROUTING @metadata
    -A quantum-l3-agent-PREROUTING @floating-ip
    -A quantum-l3-agent-float-snat @floating-ip
    -A quantum-l3-agent-snat -j quantum-l3-agent-float-snat
    -A quantum-l3-agent-snat @interface-snat
    -A quantum-postrouting-bottom -j quantum-l3-agent-snat

    *filter
    -N quantum-filter-top
    -N quantum-l3-agent-FORWARD
    -N quantum-l3-agent-INPUT
    -N quantum-l3-agent-OUTPUT
    -N quantum-l3-agent-local
    -A INPUT -j quantum-l3-agent-INPUT
    -A FORWARD -j quantum-filter-top
    -A FORWARD -j quantum-l3-agent-FORWARD
    -A OUTPUT -j quantum-filter-top
    -A OUTPUT -j quantum-l3-agent-OUTPUT
    -A quantum-filter-top -j quantum-l3-agent-local
    -A quantum-l3-agent-INPUT @metadata
  `,
  slots: {
    metadata: `
      *nat
      -A quantum-l3-agent-PREROUTING -d 169.254.169.254/32 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697
      *filter
      -A quantum-l3-agent-INPUT -d 127.0.0.1/32 -p tcp -m tcp --dport 9697 -j ACCEPT
    `,
    gateway: `
      *nat
      -A quantum-l3-agent-POSTROUTING ! -i $device ! -o $device -m conntrack ! --ctstate DNAT -j ACCEPT
    `,
    'interface-snat': `
      *nat
      -A quantum-l3-agent-snat -s $cidr -j SNAT --to-source $address
    `,
    'floating-ip': `
      *nat
      -A quantum-l3-agent-OUTPUT -d $floating/32 -j DNAT --to-destination $fixed
      -A quantum-l3-agent-PREROUTING -d $floating/32 -j DNAT --to-destination $fixed
      -A quantum-l3-agent-float-snat -s $fixed/32 -j SNAT --to-source $floating
    `,
    ...portForwardingRules('quantum-l3-agent'),
  },
};

export const GRIZZLY: ReleaseText = {
  router: { 4: ROUTER },
  // Its DHCP agent wrote no rules in the namespace.
  dhcp: {},
  metadataCidr: '169.254.169.254/16',
};
