import type { Mark } from './mark.ts';
import type { Netns } from './resource.ts';

/** What a probe may know when it writes its script: reading starts before anything is wanted. */
export interface ProbeRequest {
  readonly topology: string;
}

/**
 * One thing that is read from a node, for any number of kinds: a piece of POSIX sh whose stdout `parse` turns into a value.
 * `namespace` probes run in every namespace of interest, the node's own included; a `marked` one only where
 * the namespace is ours, or is the node's own.
 */
export interface Probe<T> {
  readonly id: string;
  readonly scope: 'node' | 'namespace' | 'marked';
  script(request: ProbeRequest): string;
  parse(text: string): T;
}

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
