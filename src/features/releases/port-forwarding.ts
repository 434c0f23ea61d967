import type { RuleText } from '../rules/rule-text.ts';

/**
 * The rules of port forwardings, as Neutron has written them since Rocky (2018), and ranges of ports since Zed: once for a
 * router that has any, then for each of them a chain. Releases that knew none get the same, under their agent's prefix.
 */
export function portForwardingRules(agent: string): RuleText['slots'] {
  return {
    'port-forwardings': `
      *nat
      -N ${agent}-fip-pf
      -A ${agent}-fip-pf @port-forwarding
      -A ${agent}-PREROUTING -j ${agent}-fip-pf
    `,
    'port-forwarding': `
      *nat
      -N ${agent}-$chain
      -A ${agent}-$chain @port-forwarding
      -A ${agent}-$chain -d $floating/32 -p $protocol -m $protocol --dport $external -j DNAT --to-destination $fixed:$internal
      -A ${agent}-fip-pf -j ${agent}-$chain
    `,
  };
}
