import type { Netns, Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const PROCESS = kindName('process');

/**
 * A daemon that runs in one of our namespaces and puts itself in the background. The resource's name is its state
 * folder, `…/state` in our own folder, which must be among its arguments: this, and its namespace, make it ours.
 */
export interface ProcessSpec {
  readonly argv: readonly string[];
  /** Added to `argv` where only one user id is mapped (an unprivileged user's namespace); not compared. */
  readonly rootlessArgv: readonly string[];
  /** Added to `argv` elsewhere: what makes the daemon give up root's rights; not compared. */
  readonly rootArgv: readonly string[];
  /** Fingerprint of the files it has read. */
  readonly inputs: string;
  /** The paths of these files; of a running daemon, those that have not changed since it read them. */
  readonly reads: readonly string[];
  /**
   * How it learns of changed files. A running daemon gets SIGHUP only if that suffices for the old files and for the
   * new.
   */
  readonly reload: 'SIGHUP' | 'restart';
  /**
   * What it may hold for its clients, in its own words: of a DHCP server the leases, each `address mac`. All else that
   * it holds is released.
   */
  readonly bindings: readonly string[];
  /**
   * What of `bindings` it is to hold again: it held that when the state was recorded to which a plan leads back. Absent
   * where a file is the aim, which asks for no lease.
   */
  readonly held?: readonly string[];
  /** The device its clients are behind. Absent: nothing is released. */
  readonly leaseDevice?: string;
  /** The TCP port it listens on, which may be in use in the node's own namespace. */
  readonly listens?: number;
  /** Its namespace has no TCP socket, so it does not listen. */
  readonly deaf?: boolean;
  /** Files in its state folder, by name, that are written before it starts. */
  readonly seeds: Readonly<Record<string, string>>;
  /** Folders with another mode or owner than netloom gives them, which it may be unable to enter; none is desired. */
  readonly closed?: readonly string[];
}

/** What is known of a running daemon. */
export interface ProcessFacts {
  readonly pid: number;
  /** When it was started, in ticks since the boot. */
  readonly start: string;
}

/** Returns a daemon. */
export function process(
  location: { readonly node: string; readonly netns: Netns; readonly state: string },
  spec: ProcessSpec,
  origin: Origin,
  after: readonly string[],
): Resource<ProcessSpec> {
  return { node: location.node, netns: location.netns, kind: PROCESS, name: location.state, spec, origin, after };
}
