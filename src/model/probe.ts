import type { Mark } from './mark.ts';
import type { Netns } from './resource.ts';

/** What a probe may know when it says what its script is told: reading starts before anything is wanted. */
export interface ProbeRequest {
  readonly topology: string;
}

/** A command that only looks. */
type Look = readonly string[];

/**
 * What is read inside a namespace. It is data, not a script: no shell is started in a namespace. Of `attempts` the first counts of which every
 * command ends well; each gets `stdin`. Of `files` each is a path, with at most one `*` for any name in a folder; a
 * file is a line `PATH:CONTENT`. `links` asks for the names of links, one a line: of those that have their checksums computed before they hand on what they
 * send (no program is started for it: SIOCETHTOOL).
 */
export type NamespaceRead =
  | { readonly stdin?: string; readonly attempts: readonly (readonly Look[])[] }
  | { readonly files: readonly string[] }
  | { readonly links: 'without-tx-checksums' };

/** What is read in the node's own namespace, once, by a program in POSIX sh. */
export interface NodeProbe<T> {
  readonly id: string;
  readonly scope: 'node';
  /** Asked only where this file stands, in the folder that a variable of the environment names, if one does, or else in `folder`: elsewhere no shell is started. */
  readonly where?: { readonly variable?: string; readonly folder: string; readonly file: string };
  readonly script: string;
  /** What the script is told: its `$1` and so on. */
  readonly arguments?: (request: ProbeRequest) => readonly string[];
  parse(text: string): T;
}

/** What is read in every namespace, the node's own included; where it is `marked`, in those that are ours and in the node's own. */
export interface NamespaceProbe<T> {
  readonly id: string;
  readonly scope: 'namespace' | 'marked';
  readonly read: NamespaceRead;
  parse(text: string): T;
}

/** One thing that is read from a node, for any number of kinds: `parse` turns what was printed into a value. */
export type Probe<T> = NodeProbe<T> | NamespaceProbe<T>;

/** What was read of one namespace. */
export interface NamespaceView {
  readonly netns: Netns;
  readonly mark: Mark | undefined;
  /** `undefined` where the probe did not run. */
  readonly get: <T>(probe: Probe<T>) => T | undefined;
}

/** What was read of one node, in one round trip. */
export interface NodeView {
  readonly node: string;
  /** The node's own namespace first, then the named ones and the guests' in order of name. */
  readonly namespaces: readonly NamespaceView[];
  /** Names in /run/netns behind which there is no namespace any more. */
  readonly dead: readonly string[];
  readonly get: <T>(probe: Probe<T>) => T | undefined;
}

/** The view of one namespace of a node. */
export function namespaceView(view: NodeView | undefined, netns: Netns): NamespaceView | undefined {
  return view?.namespaces.find((n) => n.netns === netns);
}
