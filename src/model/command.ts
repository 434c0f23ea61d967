import type { Netns } from './resource.ts';

/** IP version of an iptables command: `iptables` or `ip6tables`. */
export type Family = 4 | 6;

/** One edit of a chain, in iptables' own terms. Positions count from 1. A rule is the text after `-A chain `. */
export type ChainEdit =
  | { readonly op: 'new' }
  | { readonly op: 'insert'; readonly position: number; readonly rule: string }
  | { readonly op: 'append'; readonly rule: string }
  | { readonly op: 'delete'; readonly position: number }
  /** Deletes the first rule with this text. Others also write to such a chain, so positions may have changed. */
  | { readonly op: 'delete-rule'; readonly rule: string }
  /** The same for a foreign rule: after all other edits of the chain, whose positions count it. */
  | { readonly op: 'delete-foreign'; readonly rule: string }
  /** Sets the policy of a built-in chain. */
  | { readonly op: 'policy'; readonly policy: string }
  | { readonly op: 'flush' }
  | { readonly op: 'drop' };

/** The node's own namespace, as a word of an `ip` command. */
export const NODE_NAMESPACE = '@node';

/**
 * A command as data. Only `apply/` turns one into a process.
 * `ip` words are of a closed alphabet (a batch line has no escape); `NODE_NAMESPACE` is one of
 * them.
 */
export type Command =
  /** A line of `ip -batch`. */
  | {
      readonly tool: 'ip';
      readonly netns: Netns;
      readonly words: readonly string[];
      /** The line that reverts it: if the batch fails, the reverting lines of all its lines are run, the last first. */
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
  /**
   * Makes a chain what it was, whatever it is now: exactly these rules, or none and no chain (`null`). With `ours` it
   * is a chain that others write to as well: of the rules, only those in `ours` are set, each behind the rule of others
   * that it was behind, and all else that is in `ours` is deleted. Those of a batch are one transaction per table.
   */
  | {
      readonly tool: 'chain';
      readonly netns: Netns;
      readonly family: Family;
      readonly table: string;
      readonly chain: string;
      readonly rules: readonly string[] | null;
      readonly ours?: readonly string[];
    }
  /**
   * A command of nft(8), of a closed alphabet. Those of a batch are one transaction. Objects that are only deleted are
   * deleted by another one, at the end of the batch.
   */
  | { readonly tool: 'nft'; readonly netns: Netns; readonly words: readonly string[] }
  /** A line of `ipset -exist restore`; its words are of a closed alphabet. */
  | { readonly tool: 'ipset'; readonly netns: Netns; readonly words: readonly string[] }
  /**
   * A write below /proc/sys. `key` is dotted as sysctl(8) writes it; a dot in a device's name is written as a slash.
   */
  | { readonly tool: 'sysctl'; readonly netns: Netns; readonly key: string; readonly value: string }
  /** A file written whole: beside its path first, then renamed over it. Missing folders are created. */
  | {
      readonly tool: 'write';
      readonly path: string;
      readonly content: string;
      /** `content` is the base64 of what is written. */
      readonly encoding?: 'base64';
      readonly mode: string;
      /** Written before the rules of its batch are changed: it records the effects that they will owe. */
      readonly first?: boolean;
      /** An existing file is left as it is. */
      readonly keep?: true;
    }
  /** Deletes a file, and then the folders of `emptied` that are empty. */
  | { readonly tool: 'unlink'; readonly path: string; readonly emptied: readonly string[] }
  /** A part of a transaction of ovs-vsctl(8): the words between two `--`. Those of a batch are one transaction. */
  | { readonly tool: 'ovs'; readonly words: readonly string[] }
  /**
   * Any other program. `ok` lists exit codes other than 0 that mean success. `says`: it has succeeded only if stderr
   * has this text, because its exit code does not tell. `again`: with this text on stderr it is run again, at most 20
   * times in all.
   */
  | {
      readonly tool: 'exec';
      readonly netns: Netns;
      readonly argv: readonly string[];
      readonly ok?: readonly number[];
      readonly says?: string;
      readonly again?: string;
      /** Added where only one user id is mapped (an unprivileged user's namespace). */
      readonly rootlessArgv?: readonly string[];
      /** Added elsewhere. */
      readonly rootArgv?: readonly string[];
    }
  /** A namespace that carries its mark from the start: it gets its name only after the alias of its `lo` is set. */
  | { readonly tool: 'netns-add'; readonly netns: string; readonly mark: string }
  /** Deletes a namespace's name. Done when `devices` (its taps, in the node's own namespace) no longer exist. */
  | { readonly tool: 'netns-del'; readonly netns: string; readonly devices: readonly string[] }
  /** Links of the node that are deleted with a namespace: waits for that, and deletes by name those that linger. */
  | { readonly tool: 'link-gone'; readonly devices: readonly string[] }
  /**
   * A signal to a process, if it is still the one that was started at `start` (a pid can be reused), with `argvHas` in
   * its command line. `TERM` waits for its end.
   */
  | {
      readonly tool: 'signal';
      readonly pid: number;
      readonly start: string;
      readonly signal: 'HUP' | 'TERM';
      readonly argvHas: string;
    }
  /**
   * Ends the daemons of a state folder in a namespace, whatever their pids, and waits for their end. In the node's own
   * namespace it must be root's, or named in the folder's pid file: any user can start a process with any arguments.
   */
  | {
      readonly tool: 'daemon-end';
      readonly netns: Netns;
      readonly state: string;
      /** The names of the programs. */
      readonly programs: readonly string[];
    };

/**
 * Returns the namespace a command runs in; tools without one run in the node's own, whatever the object's namespace.
 */
export function netnsOf(command: Command): Netns {
  return 'netns' in command ? command.netns : null;
}
