import type { Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const BRIDGE = kindName('bridge');

/**
 * A Linux bridge in a node's own namespace. Fields of `ip link … type bridge` that are not named here keep the kernel's
 * defaults.
 */
export interface BridgeSpec {
  /** Link-layer address; absent: the kernel's choice. */
  readonly mac?: string;
  /**
   * The NIC whose MAC is set on the bridge, as on Neutron's bridges. Without it the kernel uses the lowest MAC of the
   * ports, which is the NIC's only by chance.
   */
  readonly macOf?: string;
  /** Absent: the least of its ports', as the kernel chooses it. */
  readonly mtu?: number;
  readonly up: boolean;
  /** Its alias is our mark, with the name of the NIC it borrowed. */
  readonly marked: boolean;
  /**
   * Settable link and bridge attributes that differ from a new bridge's, by iproute2's names (`forward_delay`,
   * `stp_state`, …).
   */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Returns the reference to the bridge of this name. */
export function bridgeRef(node: string, name: string): RefTo<BridgeSpec> {
  return { node, netns: null, kind: BRIDGE, name };
}

/**
 * Returns a bridge as Neutron's linuxbridge agent creates it: no spanning tree, no forward delay, the NIC's address.
 */
export function bridge(
  node: string,
  name: string,
  want: { readonly macOf?: string; readonly mac?: string; readonly attributes?: Readonly<Record<string, string>> },
  origin: Origin,
): Resource<BridgeSpec> {
  const { attributes = {}, ...rest } = want;
  return {
    ...bridgeRef(node, name),
    spec: { ...rest, up: true, marked: true, attributes: { forward_delay: '0', ...attributes } },
    origin,
  };
}
