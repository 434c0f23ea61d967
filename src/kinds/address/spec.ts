import { broadcastOf } from '../../net/block.ts';
import type { Need } from '../../model/kind.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const ADDRESS = kindName('address');

/** An address on a device. The resource's name is `LOCAL/PREFIXLEN%DEVICE`. */
export interface AddressSpec {
  readonly device: string;
  /** Set on a node's own NIC: its name, also where the address stands on the bridge that borrowed it. */
  readonly nic?: string;
  /** `10.10.10.1/24`. */
  readonly cidr: string;
  readonly broadcast?: string;
  readonly scope: 'global' | 'link' | 'host';
  /** The device's name, as the kernel gives it. One on a node's own NIC gets the label that marks it when it is made. */
  readonly label: string;
  /** What else an address can have and one of ours has not, in `ip`'s words: `peer`, `metric`, `noprefixroute`, `valid_lft`, `preferred_lft`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

interface DeviceLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly device: string;
}

/** This address of a device. */
export function addressRef({ node, netns, device }: DeviceLocation, cidr: string): RefTo<AddressSpec> {
  return { node, netns, kind: ADDRESS, name: `${cidr}%${device}` };
}

/** This address of a node's own NIC, also where it stands on the bridge that borrowed the NIC. */
export function nicAddressRef(node: string, nic: string, cidr: string): RefTo<AddressSpec> {
  return addressRef({ node, netns: null, device: nic }, cidr);
}

/** The addresses of a namespace with this local part, of whatever length and device; all of them where none is named. */
export function addressesOf(netns: Netns, local?: string): Need {
  return { kind: ADDRESS, netns, name: local === undefined ? '' : `${local}/`, prefix: true };
}

/** An address in one of our namespaces, with the broadcast address Neutron gives it (that of its network; of a /32, itself). */
export function address(place: DeviceLocation, cidr: string, origin: Origin): Resource<AddressSpec> {
  return {
    ...addressRef(place, cidr),
    spec: { device: place.device, cidr, broadcast: broadcastOf(cidr), scope: 'global', label: place.device },
    origin,
  };
}

/** An IPv6 link-local address in one of our namespaces, besides the one that the kernel gives the device. */
export function linkLocalAddress(
  { node, netns, device }: DeviceLocation,
  cidr: string,
  origin: Origin,
): Resource<AddressSpec> {
  const spec: AddressSpec = { device, cidr, scope: 'link', label: device };
  return { ...addressRef({ node, netns, device }, cidr), spec, origin };
}

/** An address of `nics.X.addresses`. It stands on the NIC, or on the bridge that borrowed it, and moves with the NIC. */
export function nicAddress(
  node: string,
  nic: string,
  bridge: string | null,
  cidr: string,
  origin: Origin,
): Resource<AddressSpec> {
  const device = bridge ?? nic;
  const resource = address({ node, netns: null, device }, cidr, origin);
  return { ...resource, ...nicAddressRef(node, nic, cidr), spec: { ...resource.spec, nic } };
}
