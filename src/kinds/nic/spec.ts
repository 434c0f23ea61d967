import type { Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const NIC = kindName('nic');

/**
 * A node's own NIC, borrowed: netloom neither creates nor deletes it. While it is in a bridge, its addresses and routes
 * are on the bridge.
 */
export interface NicSpec {
  /** The bridge it is a port of; `null`: none of ours. */
  readonly bridge: string | null;
  /** The type of that bridge; absent: the kernel's. */
  readonly switch?: 'openvswitch';
  /** `undefined`: left as it is. */
  readonly mtu?: number;
  /** Desired: the largest MTU of the networks that it carries. A smaller one of the NIC is a warning. */
  readonly networkMtu?: number;
  readonly up: boolean;
  /** Addresses and routes on the NIC although it is in a bridge, in `ip`'s words; desired: none. */
  readonly stray: readonly string[];
  /** Settable bridge port attributes that differ from a new port's. */
  readonly attributes: Readonly<Record<string, string>>;
  /** As observed: the bridge it is in is ours, and its mark names this NIC. */
  readonly borrowed?: boolean;
  /**
   * As observed in an Open vSwitch bridge: the switch holds a device of its name that no longer exists, or its port
   * lost our mark.
   */
  readonly plug?: 'dead' | 'unmarked';
  /** Borrow it even if a network manager or a DHCP client manages it. */
  readonly allowDynamic: boolean;
}

/** Returns the reference to the NIC of this name. */
export function nicRef(node: string, name: string): RefTo<NicSpec> {
  return { node, netns: null, kind: NIC, name };
}

/** Returns a NIC with its desired bridge. */
export function nic(
  node: string,
  name: string,
  want: {
    readonly bridge: string | null;
    readonly switch?: 'linuxbridge' | 'openvswitch';
    readonly mtu?: number | undefined;
    readonly networkMtu?: number | undefined;
    readonly allowDynamic: boolean;
  },
  origin: Origin,
): Resource<NicSpec> {
  const { switch: kind, mtu, networkMtu, ...rest } = want;
  const target = {
    ...rest,
    ...(mtu !== undefined && { mtu }),
    ...(networkMtu !== undefined && { networkMtu }),
    ...(kind === 'openvswitch' && { switch: kind }),
  };
  return { ...nicRef(node, name), spec: { ...target, up: true, stray: [], attributes: {} }, origin };
}
