import type { RuleText } from '../rules/rule-text.ts';

/**
 * The rules of port forwardings, as Neutron has written them since Rocky (2018), and ranges of ports since Zed: one set
 * per router with port forwardings, and a chain for each of them. Older releases get the same, with the prefix of their
 * agent.
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
