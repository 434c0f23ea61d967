import { broadcastOf } from '../../net/block.ts';
import type { Need } from '../../model/kind.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const ADDRESS = kindName('address');

/** An address on a device. The resource's name is `LOCAL/PREFIXLEN%DEVICE`. */
export interface AddressSpec {
  readonly device: string;
  /** Set on a node's own NIC: its name, also if the address is on the bridge that borrowed it. */
  readonly nic?: string;
  /** `10.10.10.1/24`. */
  readonly cidr: string;
  readonly broadcast?: string;
  readonly scope: 'global' | 'link' | 'host';
  /**
   * The device's name, as the kernel gives it. An address on a node's own NIC gets the label that marks it when it is
   * created.
   */
  readonly label: string;
  /**
   * Attributes that an address of ours does not have, in `ip`'s words: `peer`, `metric`, `noprefixroute`, `valid_lft`,
   * `preferred_lft`.
   */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The kernel's own routes of the address that are missing, in the words of `ip route`; desired: none. */
  readonly lostRoutes?: readonly string[];
}

interface DeviceLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly device: string;
}

/** Returns the reference to this address of a device. */
export function addressRef({ node, netns, device }: DeviceLocation, cidr: string): RefTo<AddressSpec> {
  return { node, netns, kind: ADDRESS, name: `${cidr}%${device}` };
}

/** Returns the reference to this address of a node's own NIC, also if it is on the bridge that borrowed the NIC. */
export function nicAddressRef(node: string, nic: string, cidr: string): RefTo<AddressSpec> {
  return addressRef({ node, netns: null, device: nic }, cidr);
}

/**
 * Returns the need for the addresses of a namespace with this local part, whatever their length and device; for all of
 * them if none is given.
 */
export function addressesOf(netns: Netns, local?: string): Need {
  return { kind: ADDRESS, netns, name: local === undefined ? '' : `${local}/`, prefix: true };
}

/** Returns what names a network of a namespace among the keys that an object gives up before another takes them. */
export function networkKey({ node, netns }: { readonly node: string; readonly netns: Netns }, cidr: string): string {
  return `network ${node} ${netns ?? '-'} ${cidr}`;
}

/**
 * Returns an address in one of our namespaces, with the broadcast address Neutron gives it (that of its network; of a
 * /31 or a /32, itself).
 */
export function address(location: DeviceLocation, cidr: string, origin: Origin): Resource<AddressSpec> {
  return {
    ...addressRef(location, cidr),
    spec: { device: location.device, cidr, broadcast: broadcastOf(cidr), scope: 'global', label: location.device },
    origin,
  };
}

/**
 * Returns an IPv6 link-local address in one of our namespaces, in addition to the one that the kernel gives the device.
 */
export function linkLocalAddress(
  { node, netns, device }: DeviceLocation,
  cidr: string,
  origin: Origin,
): Resource<AddressSpec> {
  const spec: AddressSpec = { device, cidr, scope: 'link', label: device };
  return { ...addressRef({ node, netns, device }, cidr), spec, origin };
}

/**
 * Returns an address of `nics.X.addresses`. It is on the NIC, or on the bridge that borrowed it, and moves with the
 * NIC.
 */
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

/** Returns the device and the CIDR of a resource or object of this kind; `undefined` for one of another kind. */
export function addressOn({ kind, spec }: Pick<Resource, 'kind' | 'spec'>): AddressSpec | undefined {
  return kind === ADDRESS ? (spec as AddressSpec) : undefined;
}

/** Returns the CIDR of an address in a namespace of ours, unless it is link-local; `undefined` for other resources. */
export function cidrInside({ kind, netns, spec }: Resource): string | undefined {
  if (kind !== ADDRESS || netns === null) return undefined;
  const { cidr, scope } = spec as AddressSpec;
  return scope === 'global' && !cidr.startsWith('169.254.') ? cidr : undefined;
}
