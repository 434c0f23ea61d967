import type { Command } from '../../model/command.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';

/** Where a daemon runs, and its state folder. */
export interface DaemonLocation {
  readonly netns: Netns;
  readonly state: string;
}

/** A program that runs as a daemon in namespaces of ours, and what is special about it. */
export interface Daemon {
  /** The name of its file. */
  readonly program: string;
  /** The Debian package it comes from. */
  readonly debianPackage: string;
  /** What it holds for its clients, in words of its own. */
  readonly holds?: (view: NodeView, state: string) => readonly string[];
  /** The command that makes it give some of that back while it runs. `device` is the one its clients are behind. */
  readonly release?: (place: DaemonLocation, device: string, held: readonly string[]) => Command;
}
