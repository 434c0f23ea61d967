import type { DesiredGraph } from '../../model/graph.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const VETH = kindName('veth');

/**
 * A veth pair: one end, the device, in a namespace; the other, the tap, in the node's own namespace, in a bridge (or in
 * none: a port of Open vSwitch is plugged by `ovs-plug`). The resource is in the device's namespace and has the
 * device's name.
 */
export interface VethSpec {
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** The alias of both ends is our mark. */
  readonly marked: boolean;
  /** Other settable attributes of the device that differ from a new link's. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tap: {
    readonly name: string;
    readonly mtu: number;
    readonly up: boolean;
    /** Empty: in no Linux bridge. */
    readonly bridge: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
  /** A guest configures the state and MTU of its own device. */
  readonly guest: boolean;
  /**
   * `false`: the device writes the checksum of TCP and UDP into each packet it sends. A switch that reads its tap from
   * a packet socket (the userspace datapath of Open vSwitch) does not, and its packets would be dropped. Absent: left
   * as it is.
   */
  readonly txChecksums?: false;
}

/** Where the device of a pair is. */
interface DeviceLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly device: string;
}

/** Returns the reference to the pair of this device. */
export function vethRef({ node, netns, device }: DeviceLocation): RefTo<VethSpec> {
  return { node, netns, kind: VETH, name: device };
}

/** Returns a port: a device with its tap plugged into a bridge. */
export function veth(
  location: DeviceLocation,
  want: {
    readonly mac: string;
    readonly mtu: number;
    readonly tap: string;
    readonly tapUp?: boolean;
    readonly bridge: string;
    readonly guest?: boolean;
    readonly txChecksums?: boolean;
  },
  origin: Origin,
): Resource<VethSpec> {
  const { mac, mtu, tap, tapUp = true, guest = false, txChecksums } = want;
  return {
    ...vethRef(location),
    spec: {
      mac,
      mtu,
      up: true,
      marked: true,
      attributes: {},
      guest,
      ...(txChecksums === false && { txChecksums }),
      tap: { name: tap, mtu, up: tapUp, bridge: want.bridge, attributes: {} },
    },
    origin,
  };
}

/** Returns the bridge that a resource of this kind has a port in, and the port; `undefined` for one of another kind. */
export function vethPort(resource: Resource): { readonly bridge: string; readonly port: string } | undefined {
  if (resource.kind !== VETH) return undefined;
  const { spec } = resource as Resource<VethSpec>;
  return { bridge: spec.tap.bridge, port: spec.tap.name };
}

/**
 * Returns the MAC of each desired pair in the bridges of this name, with its node and the tap by which it is reached
 * there. The bridges of a network have one name on all nodes; another network may have the same MACs.
 */
export function desiredMacs(
  { resources }: DesiredGraph,
  bridge: string,
): ReadonlyMap<string, { node: string; tap: string }> {
  const macs = new Map<string, { node: string; tap: string }>();
  for (const { kind, node, spec } of resources.values()) {
    if (kind !== VETH) continue;
    const { mac, tap } = spec as VethSpec;
    if (tap.bridge === bridge) macs.set(mac, { node, tap: tap.name });
  }
  return macs;
}
