import type { Netns } from './resource.ts';

/** IP version of an iptables command: `iptables` or `ip6tables`. */
export type Family = 4 | 6;

/** One edit of a chain, in iptables' own terms. Positions count from 1. A rule is the text after `-A chain `. */
export type ChainEdit =
  | { readonly op: 'new' }
  | { readonly op: 'insert'; readonly position: number; readonly rule: string }
  | { readonly op: 'append'; readonly rule: string }
  | { readonly op: 'delete'; readonly position: number }
  /** The first rule that reads so: in a chain others write to as well, positions may have moved. */
  | { readonly op: 'delete-rule'; readonly rule: string }
  | { readonly op: 'flush' }
  | { readonly op: 'drop' };

/**
 * What is to be run, as data. Only `apply/` turns one into a process.
 * `ip` words are of a closed alphabet (a batch line has no escape); the word `@node` stands for the node's own namespace.
 */
export type Command =
  /** A line of `ip -batch`. */
  | {
      readonly tool: 'ip';
      readonly netns: Netns;
      readonly words: readonly string[];
      /** The line that takes it back: if the batch fails, those of all its lines are run, the last first. */
      readonly undo?: readonly string[];
    }
  /** A line of `iptables-restore --noflush`. */
  | {
      readonly tool: 'iptables';
      readonly netns: Netns;
      readonly family: Family;
      readonly table: string;
      readonly chain: string;
      readonly edit: ChainEdit;
    }
  /** A command of nft(8), of a closed alphabet. Those of a batch are one transaction: what they take away only, another one at its end. */
  | { readonly tool: 'nft'; readonly netns: Netns; readonly words: readonly string[] }
  /** A line of `ipset -exist restore`; its words are of a closed alphabet. */
  | { readonly tool: 'ipset'; readonly netns: Netns; readonly words: readonly string[] }
  /** A write below /proc/sys; `key` is dotted as sysctl(8) writes it, a device name inside may hold dots as slashes. */
  | { readonly tool: 'sysctl'; readonly netns: Netns; readonly key: string; readonly value: string }
  /** A file written whole: beside its place first, then renamed over it. Folders on the way are made. */
  | {
      readonly tool: 'write';
      readonly path: string;
      readonly content: string;
      /** `content` is the base64 of what is written. */
      readonly encoding?: 'base64';
      readonly mode: string;
      /** Done before the rules of its batch: it says what they will owe. */
      readonly first?: boolean;
    }
  /** A file removed, and then the folders named if they are empty. */
  | { readonly tool: 'unlink'; readonly path: string; readonly emptied: readonly string[] }
  /** A part of a transaction of ovs-vsctl(8): what stands between two `--`. Those of a batch are one transaction. */
  | { readonly tool: 'ovs'; readonly words: readonly string[] }
  /** Any other program. Exit codes other than 0 that mean success are listed. */
  | {
      readonly tool: 'exec';
      readonly netns: Netns;
      readonly argv: readonly string[];
      readonly ok?: readonly number[];
      /** Added where only one user id is mapped (an unprivileged user's namespace). */
      readonly rootlessArgv?: readonly string[];
    }
  /** A namespace born marked: it gets its name only after the alias of its `lo` says whose it is. */
  | { readonly tool: 'netns-add'; readonly netns: string; readonly mark: string }
  /** A namespace's name removed; done when the devices named (its taps, in the node's own namespace) are gone. */
  | { readonly tool: 'netns-del'; readonly netns: string; readonly devices: readonly string[] }
  /** Links of the node that go by themselves with a namespace: waited for, and deleted by name if they linger. */
  | { readonly tool: 'link-gone'; readonly devices: readonly string[] }
  /** A signal to a process, if `argvHas` still stands in its command line (a pid can be used again). `TERM` waits for its end. */
  | { readonly tool: 'signal'; readonly pid: number; readonly signal: 'HUP' | 'TERM'; readonly argvHas: string };

/** The tools whose commands run in the node's own namespace whatever the object's. */
export function netnsOf(command: Command): Netns {
  return 'netns' in command ? command.netns : null;
}
