import type { Need } from '../../model/kind.ts';
import type { Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const OVS_BRIDGE = kindName('ovs-bridge');

/** Which datapath forwards: the kernel's (`system`) or the one inside ovs-vswitchd (`netdev`). */
export type Datapath = 'system' | 'netdev';

/** An Open vSwitch bridge of a node, with the device of its name (its local port) in the node's own namespace. */
export interface OvsBridgeSpec {
  /** Empty in a desired spec: the kernel's if the node has it, otherwise the userspace one. */
  readonly datapath: Datapath | '';
  readonly failMode: 'standalone' | 'secure' | '';
  /** State of the local device. */
  readonly up: boolean;
  /** Its row in the database and its local device carry our mark. */
  readonly marked: boolean;
  /** The NIC it borrows, whose link-layer address it has: each of the two determines the other. */
  readonly nic?: string;
  /** As observed: the link-layer address, if it is not that of the NIC. */
  readonly mac?: string;
  /** Settable attributes of the local device that differ from a new link's. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Returns the reference to the bridge of this name. */
export function ovsBridgeRef(node: string, name: string): RefTo<OvsBridgeSpec> {
  return { node, netns: null, kind: OVS_BRIDGE, name };
}

/** Returns the need of a port for its bridge: it is deleted with the bridge. */
export function ovsBridgeOfPort(name: string): Need {
  return { kind: OVS_BRIDGE, netns: null, name, contains: true };
}

/** Returns a bridge as Neutron's agents expect it: a learning switch without a controller. */
export function ovsBridge(
  node: string,
  name: string,
  want: { readonly up: boolean; readonly nic?: string },
  origin: Origin,
): Resource<OvsBridgeSpec> {
  return {
    ...ovsBridgeRef(node, name),
    spec: { datapath: '', failMode: 'standalone', marked: true, attributes: {}, ...want },
    origin,
  };
}
