import type { Resource } from '../../../src/model/resource.ts';

/** One object of a kind, put through all that can happen to it. */
export interface KindCase {
  readonly title: string;
  /** NICs of the node, with their MACs. */
  readonly nics?: Readonly<Record<string, string>>;
  /** Run on the node before anything else. */
  readonly setup?: string;
  /** Stands before and after. */
  readonly base: readonly Resource[];
  readonly object: Resource;
  /** For each field of the spec that can be wanted otherwise, the object with it otherwise. */
  readonly updates: Readonly<Record<string, Resource>>;
  /** For each field that nobody can want otherwise, how it comes to be otherwise on the node. */
  readonly damages: Readonly<Record<string, string>>;
  /** What is to be done after a damage was mended, to be as before. */
  readonly undo?: Readonly<Record<string, string>>;
  /** Fields that can't differ, and why. */
  readonly fixed: Readonly<Record<string, string>>;
  /** It can't be removed, and is left as it is. */
  readonly stays?: boolean;
  /** /dev/net/tun must be open to us. */
  readonly needsTun?: boolean;
  /** The node has Open vSwitch. */
  readonly ovs?: boolean;
}
