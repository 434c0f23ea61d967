import type { Resource } from '../../../src/model/resource.ts';

/** One object of a kind, and all operations on it. */
export interface KindCase {
  readonly title: string;
  /** NICs of the node, with their MACs. */
  readonly nics?: Readonly<Record<string, string>>;
  /** Run on the node first. */
  readonly setup?: string;
  /** Objects that exist before and after. */
  readonly base: readonly Resource[];
  readonly object: Resource;
  /** For each field of the spec that a file can set, the object with another value. */
  readonly updates: Readonly<Record<string, Resource>>;
  /** For each field that a file can't set, the command that changes it on the node. */
  readonly damages: Readonly<Record<string, string>>;
  /** The command that restores the node after a damage was repaired. */
  readonly undo?: Readonly<Record<string, string>>;
  /** Fields that can't differ, and why. */
  readonly fixed: Readonly<Record<string, string>>;
  /** It can't be deleted, and is left as it is. */
  readonly stays?: boolean;
  /** /dev/net/tun must be accessible. */
  readonly needsTun?: boolean;
  /** The node has Open vSwitch. */
  readonly ovs?: boolean;
}
