/** Neutron's VLAN for ports that carry no traffic: no live port is in it. */
export const DEAD_VLAN = 4095;
