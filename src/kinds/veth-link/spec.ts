import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const VETH_LINK = kindName('veth-link');

/**
 * A veth pair with both ends in a node's own namespace. It links a Linux bridge, which one end is in, to another
 * switch, which the other end is plugged into (`ovs-plug`). It has the name of the first end.
 */
export interface VethLinkSpec {
  /** The other end. */
  readonly peer: string;
  /** Empty: in no Linux bridge. */
  readonly bridge: string;
  readonly mtu: number;
  /** Link-layer addresses of the two ends; absent: the kernel's choice. */
  readonly macs?: readonly [string, string];
  /** Both ends are up. */
  readonly up: boolean;
  /** The alias of both ends is our mark. */
  readonly marked: boolean;
}

/** Returns a pair, up. */
export function vethLink(
  node: string,
  device: string,
  want: Pick<VethLinkSpec, 'peer' | 'bridge' | 'mtu'>,
  origin: Origin,
): Resource<VethLinkSpec> {
  const { peer, bridge, mtu } = want;
  const spec = { peer, bridge, mtu, up: true, marked: true };
  return { node, netns: null, kind: VETH_LINK, name: device, spec, origin };
}

/** Returns the bridge that a resource of this kind has a port in, and the port; `undefined` for one of another kind. */
export function vethLinkPort(resource: Resource): { readonly bridge: string; readonly port: string } | undefined {
  if (resource.kind !== VETH_LINK) return undefined;
  const { spec, name } = resource as Resource<VethLinkSpec>;
  return { bridge: spec.bridge, port: name };
}
