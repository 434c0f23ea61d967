import type { Mark } from './mark.ts';
import type { Netns } from './resource.ts';

/** What a probe may know when it gives its script arguments: reading starts before the topology is compiled. */
export interface ProbeRequest {
  readonly topology: string;
}

/** A command that only reads. */
type Look = readonly string[];

/**
 * What is read inside a namespace. It is data, not a script: no shell is started in a namespace.
 * `attempts`: the first one whose commands all succeed counts; each gets `stdin`. `unchanged`: on what the output of
 * the first one depends (cache-key.pl); as long as that is the same, the program is not asked.
 * `files`: paths, each with at most one `*` for any name in a folder; a file is printed as a line `PATH:CONTENT`.
 * `links`: the names of links, one a line, of those that compute checksums before they pass a packet on (by
 * SIOCETHTOOL; no program is started for it).
 * `netfilter`: the names of the kernel's tables and sets, as kernel-names.pl prints them; no program is started for it.
 * `l3`: policy rules, neighbours and IPsec, as l3.pl prints them.
 * `netlink`: netfilter's hooks, qdiscs, fixed entries of bridges, and neighbours of the node itself, as netlink.pl
 * prints them.
 */
export type NamespaceRead =
  | {
      readonly stdin?: string;
      readonly attempts: readonly (readonly Look[])[];
      readonly unchanged?: 'links' | 'nftables';
    }
  | { readonly files: readonly string[] }
  | { readonly links: 'without-tx-checksums' }
  | { readonly netfilter: 'names' }
  | { readonly netlink: 'facts' }
  | { readonly l3: 'tables' };

/** Returns what a probe read; `undefined` where it did not run. */
export type Get = <T>(probe: Probe<T>) => T | undefined;

/**
 * What proves that a program's output is whole. An empty output of some programs means that there is nothing, which a
 * program that was replaced, or cannot write, prints as well.
 */
export interface Witness<T> {
  readonly probes: readonly Probe<unknown>[];
  /** Returns what exists and is not in the output, in words. */
  missing(value: T, get: Get): readonly string[];
}

/** What makes two texts of a probe different. */
interface Steady {
  /**
   * Regular expressions of Perl, with `m`: what in the text changes by itself, and makes no difference to a plan
   * without changes.
   */
  readonly ignoring?: readonly string[];
}

/** What is read in the node's own namespace, once, by a program in POSIX sh. */
export interface NodeProbe<T> extends Steady {
  readonly id: string;
  readonly scope: 'node';
  /**
   * Run only if this file exists, in the folder named by an environment variable if that is set, or else in `folder`.
   * Otherwise no shell is started.
   */
  readonly where?: { readonly variable?: string; readonly folder: string; readonly file: string };
  /**
   * Run only if the node's own namespace has, or may have, `filters` (tables of nftables or of the older iptables, in
   * any family) or `sets` (of ipset, with Neutron's names). The reader asks the kernel, without a program.
   */
  readonly only?: 'filters' | 'sets';
  readonly script: string;
  /** The arguments of the script: `$1` and so on. */
  readonly arguments?: (request: ProbeRequest) => readonly string[];
  /** The command that the script runs, for errors. */
  readonly command?: string;
  /** Throws if the text is no whole answer. */
  parse(text: string): T;
  readonly witness?: Witness<T>;
}

/**
 * What is read in every namespace, the node's own included; with `marked`, only in those that are ours and in the
 * node's own; with `ours`, in those that are ours alone.
 */
export interface NamespaceProbe<T> extends Steady {
  readonly id: string;
  readonly scope: 'namespace' | 'marked' | 'ours';
  readonly read: NamespaceRead;
  /** Throws if the text is no whole answer. */
  parse(text: string): T;
  readonly witness?: Witness<T>;
}

/** One thing that is read from a node, for any number of kinds: `parse` turns the printed text into a value. */
export type Probe<T> = NodeProbe<T> | NamespaceProbe<T>;

/** The observed state of one namespace. */
export interface NamespaceView {
  readonly netns: Netns;
  readonly mark: Mark | undefined;
  /** `undefined` where the probe did not run. */
  readonly get: Get;
}

/** What it took to read a node. */
export interface ReadCost {
  /** Processes that the reader started: its workers, the shell of the node's probes, and programs in namespaces. */
  readonly processes: number;
  /** Outputs of programs in namespaces that the cache had. */
  readonly hits: number;
  /** Outputs that it can hold and did not have. */
  readonly misses: number;
  /** The length of all that was read. */
  readonly bytes: number;
}

/** The observed state of one node, read in one round trip. */
export interface NodeView {
  readonly node: string;
  /** The node's own namespace first, then the named ones and the guests' in order of name. */
  readonly namespaces: readonly NamespaceView[];
  /** Names in /run/netns behind which no namespace exists, or one that has another name, too. */
  readonly dead: readonly string[];
  /** Empty files in /run/netns, as they are left if a namespace gets a name and `ip` is killed half-way. */
  readonly unfinished: readonly string[];
  readonly get: Get;
  /** SHA-256 of all that was read: the same answer has the same one (digest.pl). Absent: the node did not tell it. */
  readonly digest?: string;
  readonly cost?: ReadCost;
  /** When the last reading began, in seconds of the node's monotonic clock. It may have been of a part of the node. */
  readonly began?: number;
}

/** Returns the view of one namespace of a node. */
export function namespaceView(view: NodeView | undefined, netns: Netns): NamespaceView | undefined {
  return view?.namespaces.find((n) => n.netns === netns);
}
