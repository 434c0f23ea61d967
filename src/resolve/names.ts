import { NETNS_PREFIX } from '../model/mark.ts';

/** Neutron's LINUX_DEV_LEN: device names are cut to this, prefix included. */
const DEVICE_NAME_LENGTH = 14;

export type DevicePrefix = 'brq' | 'tap' | 'qr-' | 'qg-' | 'ns-' | 'int-' | 'phy-' | 'qbr' | 'qvb' | 'qvo';

/** Returns Neutron's device name for an id: `qr-` + `28299cf0-82…` → `qr-28299cf0-82`. */
export function deviceName(prefix: DevicePrefix, id: string): string {
  return (prefix + id).slice(0, DEVICE_NAME_LENGTH);
}

/** The namespace of a router; names of namespaces are not cut. */
export function routerNetns(id: string): string {
  return NETNS_PREFIX.router + id;
}

/** The namespace of a network's DHCP server. */
export function dhcpNetns(networkId: string): string {
  return NETNS_PREFIX.dhcp + networkId;
}

/** Neutron's MAX_IPTABLES_CHAIN_LEN_WRAP: names of chains are cut to this, without the agent's prefix. */
const CHAIN_NAME_LENGTH = 11;

/** The chain of a port forwarding: `pf-` and the first 8 characters of its id. */
export function forwardingChain(id: string): string {
  return `pf-${id}`.slice(0, CHAIN_NAME_LENGTH);
}

/** Number of characters of a port's id in the names of its chains, as in Neutron. */
export const ID_IN_CHAIN = 10;

/** Returns the part of a port's id that the names of its chains contain. */
export function chainPart(id: string): string {
  return id.slice(0, ID_IN_CHAIN);
}

/** The namespace of the lab's stand-in for a guest, by its name on the node. The lab creates it. */
export function guestNetns(instance: string): string {
  return `/run/netloom-guests/${instance}`;
}
