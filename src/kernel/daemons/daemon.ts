import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';

/** The namespace in which a daemon runs, and its state folder. */
export interface DaemonLocation {
  readonly netns: Netns;
  readonly state: string;
}

/** A program that netloom runs as a daemon. */
export interface Daemon {
  /** The name of the program's file. */
  readonly program: string;
  /** Its Debian package. */
  readonly debianPackage: string;
  /** The users that it may run as, besides root: it gives up root's rights when it has started. */
  readonly users: readonly string[];
  /** Returns what the daemon holds for its clients, such as leases; the texts are its own. */
  readonly holds?: (view: NodeView, state: string) => readonly string[];
  /** Returns what a daemon holds that has just been started with these files in its state folder. */
  readonly holdsAtStart?: (seeds: Readonly<Record<string, string>>) => readonly string[];
  /**
   * Returns the command that makes the running daemon release some of that. `device` is the one that leads to its
   * clients.
   */
  readonly release?: (daemon: DaemonLocation, device: string, held: readonly string[]) => Command;
  /**
   * Returns the command that lets the daemon, when it is started as before an apply, hold what it held then (`held`),
   * and what it has granted since to a client of then. `seeds`: the files that it found when it was started first.
   */
  readonly resume?: (
    daemon: DaemonLocation,
    seeds: Readonly<Record<string, string>>,
    held: readonly string[],
  ) => Command;
}
