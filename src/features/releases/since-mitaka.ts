/**
 * The IPv4 rules of the L3 agent outside nat. They have not changed from Mitaka, which introduced address scopes, to
 * Zed.
 *
 * Marks: the low 16 bits belong to the router (0x1: metadata request, 0x2: arrived on the gateway device), the high 16
 * bits are the address scope of the interface that a packet arrived on (`$mark`). Subnets without a scope share 1024
 * (0x400).
 */
export const ROUTER_SKELETON = `
  *mangle
  -N neutron-l3-agent-FORWARD
  -N neutron-l3-agent-INPUT
  -N neutron-l3-agent-OUTPUT
  -N neutron-l3-agent-POSTROUTING
  -N neutron-l3-agent-PREROUTING
  -N neutron-l3-agent-float-snat
  -N neutron-l3-agent-floatingip
  -N neutron-l3-agent-mark
  -N neutron-l3-agent-scope
  -A PREROUTING -j neutron-l3-agent-PREROUTING
  -A INPUT -j neutron-l3-agent-INPUT
  -A FORWARD -j neutron-l3-agent-FORWARD
  -A OUTPUT -j neutron-l3-agent-OUTPUT
  -A POSTROUTING -j neutron-l3-agent-POSTROUTING
  -A neutron-l3-agent-FORWARD @crossing
  -A neutron-l3-agent-POSTROUTING @snat
  -A neutron-l3-agent-PREROUTING -j neutron-l3-agent-mark
  -A neutron-l3-agent-PREROUTING -j neutron-l3-agent-scope
  -A neutron-l3-agent-PREROUTING -m connmark ! --mark 0x0/0xffff0000 -j CONNMARK --restore-mark --nfmask 0xffff0000 --ctmask 0xffff0000
  -A neutron-l3-agent-PREROUTING -j neutron-l3-agent-floatingip
  -A neutron-l3-agent-PREROUTING @metadata
  -A neutron-l3-agent-float-snat -m connmark --mark 0x0/0xffff0000 -j CONNMARK --save-mark --nfmask 0xffff0000 --ctmask 0xffff0000
  -A neutron-l3-agent-float-snat @crossing-exit
  -A neutron-l3-agent-floatingip @crossing
  -A neutron-l3-agent-mark @gateway
  -A neutron-l3-agent-scope @interface
  -A neutron-l3-agent-scope @gateway

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
  -A neutron-l3-agent-scope @interface
  -A neutron-l3-agent-scope @no-snat

  *nat
  -N neutron-l3-agent-OUTPUT
  -N neutron-l3-agent-POSTROUTING
  -N neutron-l3-agent-PREROUTING
  -N neutron-l3-agent-float-snat
  -N neutron-l3-agent-snat
  -N neutron-postrouting-bottom
  -A PREROUTING -j neutron-l3-agent-PREROUTING
  -A OUTPUT -j neutron-l3-agent-OUTPUT
  -A POSTROUTING -j neutron-l3-agent-POSTROUTING
  -A POSTROUTING -j neutron-postrouting-bottom
  -A neutron-l3-agent-OUTPUT @floating-ip
  -A neutron-l3-agent-POSTROUTING @gateway
  -A neutron-l3-agent-PREROUTING @port-forwardings
  -A neutron-l3-agent-PREROUTING @metadata
  -A neutron-l3-agent-PREROUTING @floating-ip
  -A neutron-l3-agent-float-snat @floating-ip
  -A neutron-l3-agent-snat -j neutron-l3-agent-float-snat
  -A neutron-l3-agent-snat @same-scope
  -A neutron-l3-agent-snat @snat
  -A neutron-l3-agent-snat @gateway
  -A neutron-postrouting-bottom -m comment --comment "Perform source NAT on outgoing traffic." -j neutron-l3-agent-snat
`;

/** A request to the metadata address is marked when it arrives, and only marked packets may reach the proxy's port. */
export const METADATA_RULES = `
  *mangle
  -A neutron-l3-agent-PREROUTING -d 169.254.169.254/32 -i qr-+ -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffff
  *filter
  -A neutron-l3-agent-INPUT -m mark --mark 0x1/0xffff -j ACCEPT
  -A neutron-l3-agent-INPUT -p tcp -m tcp --dport 9697 -j DROP
  *nat
  -A neutron-l3-agent-PREROUTING -d 169.254.169.254/32 -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 9697
`;

export const INTERFACE_RULES = `
  *mangle
  -A neutron-l3-agent-scope -i $device -j MARK --set-xmark $mark/0xffff0000
  *filter
  -A neutron-l3-agent-scope -o $device -m mark ! --mark $mark/0xffff0000 -j DROP
`;

export const GATEWAY_MARKS = `
  *mangle
  -A neutron-l3-agent-mark -i $device -j MARK --set-xmark 0x2/0xffff
  -A neutron-l3-agent-scope -i $device -j MARK --set-xmark $mark/0xffff0000
`;

export const SNAT_MARKS = `
  *mangle
  -A neutron-l3-agent-POSTROUTING -o $device -m connmark --mark 0x0/0xffff0000 -j CONNMARK --save-mark --nfmask 0xffff0000 --ctmask 0xffff0000
`;

/** Without SNAT a packet of another scope has no source address to leave with, so it is dropped. */
export const NO_SNAT_RULES = `
  *filter
  -A neutron-l3-agent-scope -o $device -m mark ! --mark $mark/0xffff0000 -j DROP
`;

/** Packets to the scope of the external network keep their address. */
export const SAME_SCOPE_RULES = `
  *nat
  -A neutron-l3-agent-snat -o $device -m connmark --mark $mark/0xffff0000 -j ACCEPT
`;

/**
 * A floating IP whose fixed address is in another scope than the external network: incoming packets get the mark of
 * that scope, …
 */
export const CROSSING_RULES = `
  *mangle
  -A neutron-l3-agent-FORWARD -s $fixed/32 -j neutron-l3-agent-float-snat
  -A neutron-l3-agent-floatingip -d $floating/32 -j MARK --set-xmark $mark/0xffff0000
`;

/** … and outgoing packets the mark of the external scope, for each device of it. */
export const CROSSING_EXIT_RULES = `
  *mangle
  -A neutron-l3-agent-float-snat -o $device -j MARK --set-xmark $mark/0xffff0000
`;
