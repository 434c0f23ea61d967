import type { Plug, ResolvedBridge, ResolvedNic, ResolvedPatch, ResolvedPort } from '../../resolve/resolved.ts';
import type { Netns, Resource } from '../../model/resource.ts';

/** A port with a device in a namespace. */
export type PluggedPort = ResolvedPort & { readonly netns: string };

/** A port with a device in a namespace of ours, or in the node's own. */
export type RoutedPort = ResolvedPort & { readonly netns: Netns };

/** What a mechanism is made of: the resources of its bridges and ports. The device of a port is the first of its resources. */
export interface Backend {
  bridge(bridge: ResolvedBridge): Iterable<Resource>;
  patch(patch: ResolvedPatch): Iterable<Resource>;
  nic(nic: ResolvedNic): Iterable<Resource>;
  /** A port whose device is in a namespace of ours; in the node's own where the mechanism can. */
  device(port: RoutedPort): readonly [Resource, ...Resource[]];
  /** A port whose device is in the namespace of a guest. */
  guest(port: PluggedPort): readonly [Resource, ...Resource[]];
  /** A port that a hypervisor opens. */
  tap(port: ResolvedPort): readonly [Resource, ...Resource[]];
  /** How what instances send and get is filtered on their way through a Linux bridge. */
  firewall(port: ResolvedPort): Firewall;
  /** True where a port that is not filtered is in a Linux bridge too, and so passes the rules of the others. */
  readonly isBridged: boolean;
}

/** Neutron's agent whose part the filter is, as the names of its chains end, and by which device of the Linux bridge frames for the port come. */
export interface Firewall {
  readonly agent: string;
  readonly entry: string;
}

/** What the choice of a backend goes by. */
export type OnMechanism = Pick<Plug, 'mechanism'>;
