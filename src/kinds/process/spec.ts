import type { Netns, Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const PROCESS = kindName('process');

/**
 * A daemon that runs in one of our namespaces and puts itself in the background. The resource's name is its state folder,
 * `…/state` below our own folder, which must stand in its arguments: that, and its namespace, make it ours.
 */
export interface ProcessSpec {
  readonly argv: readonly string[];
  /** Added to `argv` where only one user id is mapped (an unprivileged user's namespace); not compared. */
  readonly rootlessArgv: readonly string[];
  /** Fingerprint of the files it has read. */
  readonly inputs: string;
  /** How it comes to know other files. A running one is only sent SIGHUP where that does for the old files and for the new. */
  readonly reload: 'SIGHUP' | 'restart';
  /** What it may hold for its clients, in words of its own: of a DHCP server the leases, each `address mac`. It must give back what else it holds. */
  readonly bindings: readonly string[];
  /** The device its clients are behind. Absent: it is asked to give nothing back. */
  readonly leaseDevice?: string;
  /** The TCP port it listens on, which in the node's own namespace somebody else may have; not compared. */
  readonly listens?: number;
  /** Files in its state folder written before it starts, by name. */
  readonly seeds: Readonly<Record<string, string>>;
}

/** What is known of a daemon that runs. */
export interface ProcessFacts {
  readonly pid: number;
}

/** A daemon that should run. */
export function process(
  place: { readonly node: string; readonly netns: Netns; readonly state: string },
  spec: ProcessSpec,
  origin: Origin,
  after: readonly string[],
): Resource<ProcessSpec> {
  return { node: place.node, netns: place.netns, kind: PROCESS, name: place.state, spec, origin, after };
}
