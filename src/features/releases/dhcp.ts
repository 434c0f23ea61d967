import type { RuleText } from '../rules/rule-text.ts';

/**
 * The DHCP agent's rules (its wrapper name is cut to `neutron-dhcp-age`). The one with an effect is CHECKSUM: replies
 * over a veth have no UDP checksum, and some clients drop them.
 */
export const DHCP_IPV4: RuleText = {
  skeleton: `
    *mangle
    -N neutron-dhcp-age-FORWARD
    -N neutron-dhcp-age-INPUT
    -N neutron-dhcp-age-OUTPUT
    -N neutron-dhcp-age-POSTROUTING
    -N neutron-dhcp-age-PREROUTING
    -N neutron-dhcp-age-mark
    -A PREROUTING -j neutron-dhcp-age-PREROUTING
    -A INPUT -j neutron-dhcp-age-INPUT
    -A FORWARD -j neutron-dhcp-age-FORWARD
    -A OUTPUT -j neutron-dhcp-age-OUTPUT
    -A POSTROUTING -j neutron-dhcp-age-POSTROUTING
    -A neutron-dhcp-age-POSTROUTING -p udp -m udp --dport 68 -j CHECKSUM --checksum-fill
    -A neutron-dhcp-age-PREROUTING -j neutron-dhcp-age-mark

    *raw
    -N neutron-dhcp-age-OUTPUT
    -N neutron-dhcp-age-PREROUTING
    -A PREROUTING -j neutron-dhcp-age-PREROUTING
    -A OUTPUT -j neutron-dhcp-age-OUTPUT

    *filter
    -N neutron-dhcp-age-FORWARD
    -N neutron-dhcp-age-INPUT
    -N neutron-dhcp-age-OUTPUT
    -N neutron-dhcp-age-local
    -N neutron-filter-top
    -A INPUT -j neutron-dhcp-age-INPUT
    -A FORWARD -j neutron-filter-top
    -A FORWARD -j neutron-dhcp-age-FORWARD
    -A OUTPUT -j neutron-filter-top
    -A OUTPUT -j neutron-dhcp-age-OUTPUT
    -A neutron-filter-top -j neutron-dhcp-age-local
  `,
  slots: {},
};

/** The same in IPv6: another port, and no `mark` chain. */
export const DHCP_IPV6: RuleText = {
  skeleton: DHCP_IPV4.skeleton
    .replace('--dport 68 ', '--dport 546 ')
    .replace(/^ *-N neutron-dhcp-age-mark\n/m, '')
    .replace(/^ *-A neutron-dhcp-age-PREROUTING -j neutron-dhcp-age-mark\n/m, ''),
  slots: {},
};
