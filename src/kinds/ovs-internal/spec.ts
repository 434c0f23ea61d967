import type { DesiredGraph } from '../../model/graph.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';
import { portIds } from '../../kernel/openvswitch/ids.ts';

/** The name of this kind. */
export const OVS_INTERNAL = kindName('ovs-internal');

/**
 * A port of type `internal`: the switch creates the device, which is moved into a namespace or stays in the node's own.
 * The resource is in that namespace and has the device's name, which is the port's too.
 */
export interface OvsInternalSpec {
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  /** The device and its row in the database carry our mark. */
  readonly marked: boolean;
  readonly bridge: string;
  /** The VLAN it is an access port of; `null`: a trunk. */
  readonly tag: number | null;
  /** `external_ids` of its Interface row but for our own. */
  readonly ids: Readonly<Record<string, string>>;
  /** Other settable attributes of the device that differ from a new link's. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where an internal port is. */
interface DeviceLocation {
  readonly node: string;
  readonly netns: Netns;
  readonly device: string;
}

/** Returns the reference to the internal port of this device. */
export function ovsInternalRef({ node, netns, device }: DeviceLocation): RefTo<OvsInternalSpec> {
  return { node, netns, kind: OVS_INTERNAL, name: device };
}

/** Returns the devices of the desired internal ports in the node's own namespace, such as those of a router there. */
export function desiredNodePorts({ resources }: DesiredGraph, node: string): readonly string[] {
  return [...resources.values()].flatMap((one) =>
    one.node === node && one.netns === null && one.kind === OVS_INTERNAL ? [one.name] : [],
  );
}

/** Returns a port of a router or a DHCP server, with the ids Neutron's agents write. */
export function ovsInternal(
  location: DeviceLocation,
  want: {
    readonly mac: string;
    readonly mtu: number;
    readonly bridge: string;
    readonly tag: number | null;
    readonly ifaceId: string;
  },
  origin: Origin,
): Resource<OvsInternalSpec> {
  const { mac, mtu, bridge, tag } = want;
  return {
    ...ovsInternalRef(location),
    spec: { mac, mtu, up: true, marked: true, bridge, tag, ids: portIds(want), attributes: {} },
    origin,
  };
}
