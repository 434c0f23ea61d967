import type { Plug, ResolvedBridge, ResolvedNic, ResolvedPatch, ResolvedPort } from '../../resolve/resolved.ts';
import type { Netns, Resource } from '../../model/resource.ts';

/** A port with a device in a namespace. */
export type PluggedPort = ResolvedPort & { readonly netns: string };

/** A port with a device in a namespace that netloom creates, or in the node's own. */
export type RoutedPort = ResolvedPort & { readonly netns: Netns };

/** Builds the resources of a mechanism's bridges and ports. The first resource of a port is its device. */
export interface Backend {
  bridge(bridge: ResolvedBridge): Iterable<Resource>;
  patch(patch: ResolvedPatch): Iterable<Resource>;
  nic(nic: ResolvedNic): Iterable<Resource>;
  /** A port whose device is in a namespace that netloom creates, or in the node's own if the mechanism supports it. */
  device(port: RoutedPort): readonly [Resource, ...Resource[]];
  /** A port whose device is in the namespace of a guest. */
  guest(port: PluggedPort): readonly [Resource, ...Resource[]];
  /** A port that a hypervisor opens. */
  tap(port: ResolvedPort): readonly [Resource, ...Resource[]];
  /** The firewall of instances whose frames pass a Linux bridge. */
  firewall(port: ResolvedPort): Firewall;
  /** True if an unfiltered port is in a Linux bridge too, and so passes the rules of the other ports. */
  readonly isBridged: boolean;
}

/**
 * The Neutron agent that the filter belongs to (suffix of its chain names), and the device of the Linux bridge by which
 * frames for the port arrive.
 */
export interface Firewall {
  readonly agent: string;
  readonly entry: string;
}

/** The part of a port, bridge or NIC that selects the backend. */
export type OnMechanism = Pick<Plug, 'mechanism'>;
