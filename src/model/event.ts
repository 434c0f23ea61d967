import type { Action } from './change.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { LockHolder } from './host.ts';
import type { Batch, Plan } from './plan.ts';
import type { Address, Netns } from './resource.ts';

/** Events of applying a plan. */
export type ApplyEvent =
  | { readonly type: 'round-start'; readonly round: number; readonly plan: Plan }
  | { readonly type: 'batch-start'; readonly batch: Batch }
  | { readonly type: 'batch-done'; readonly batch: Batch; readonly milliseconds: number }
  | {
      readonly type: 'batch-failed';
      readonly batch: Batch;
      readonly diagnostics: readonly Diagnostic[];
      /** Of its script. Absent: it hung, or could not be started. */
      readonly exitCode?: number;
    }
  | { readonly type: 'batch-skipped'; readonly batch: Batch; readonly because: number }
  | { readonly type: 'settled'; readonly rounds: number; readonly milliseconds: number }
  | { readonly type: 'unsettled'; readonly rounds: number; readonly plan: Plan }
  /** What was done is rolled back, by this plan. Its rounds and batches follow. */
  | { readonly type: 'rollback-start'; readonly plan: Plan }
  /** `ok`: every node that still answers was read again, and is as it was before. */
  | { readonly type: 'rollback-done'; readonly ok: boolean; readonly milliseconds: number };

/** Events of starting or changing a lab. */
export type LabEvent =
  | { readonly type: 'lab-started'; readonly name: string; readonly milliseconds: number }
  | {
      readonly type: 'member-added' | 'member-removed';
      readonly kind: 'node' | 'instance' | 'host';
      readonly name: string;
    }
  | { readonly type: 'cable-added' | 'cable-removed'; readonly cable: string }
  | { readonly type: 'switch-started'; readonly node: string }
  | { readonly type: 'lab-up'; readonly name: string; readonly changed: boolean; readonly milliseconds: number }
  | { readonly type: 'lab-down'; readonly name: string };

/**
 * Why a watch looked at a node. `kernel`: something in the namespace was changed; `ended`: a daemon has ended; `lost`:
 * the kernel reported more than could be heard; `resync`: it was time to read everything.
 */
export type DriftReason = 'kernel' | 'ended' | 'lost' | 'resync';

/** An object that differs from the file although the file has not changed. */
export interface DriftedObject {
  readonly address: Address;
  readonly kind: string;
  readonly name: string;
  /** What puts it right. */
  readonly action: Action;
  /** The difference, for people. */
  readonly difference: string;
}

/** Events of keeping the network as the file says. Each is about one node. */
export type KeepEvent =
  /** From now on the node reports what changes in so many namespaces. */
  | { readonly type: 'listening'; readonly node: string; readonly namespaces: number }
  /** Objects of one namespace differ from the file. */
  | {
      readonly type: 'drift';
      readonly node: string;
      readonly netns: Netns;
      readonly objects: readonly DriftedObject[];
      readonly reason: DriftReason;
    }
  /** They are as the file says again. */
  | {
      readonly type: 'healed';
      readonly node: string;
      readonly netns: Netns;
      readonly objects: readonly Address[];
      /** From the report of the node, or the beginning of the resync, until reading again found no difference. */
      readonly milliseconds: number;
    }
  /** Another program changes the object back again and again. It is left alone until the file changes. */
  | {
      readonly type: 'contested';
      readonly node: string;
      readonly netns: Netns;
      readonly address: Address;
      readonly kind: string;
      readonly name: string;
      /** So many times it was put right in `seconds`. */
      readonly times: number;
      readonly seconds: number;
    }
  /** The node cannot be worked on, and is tried again in so many seconds. Others go on. */
  | {
      readonly type: 'backing-off';
      readonly node: string;
      readonly attempt: number;
      readonly seconds: number;
      readonly why: string;
    }
  /** A node that was backed off from answers again. */
  | { readonly type: 'recovered'; readonly node: string };

/** Events of a watched file. */
export type WatchEvent =
  | KeepEvent
  /** The file has errors: the network is kept as the last good version of the file says. */
  | { readonly type: 'blocked'; readonly codes: readonly string[] }
  /** The file is good again. */
  | { readonly type: 'unblocked' }
  /** Nothing is changed until the file changes or SIGHUP comes: an apply was reverted. */
  | { readonly type: 'standing-still'; readonly why: string }
  /** All nodes that answer were read in full; so many objects differed. */
  | {
      readonly type: 'resynced';
      readonly nodes: readonly string[];
      readonly drifted: number;
      readonly milliseconds: number;
    }
  /** The file is read; a run begins. */
  | { readonly type: 'run'; readonly number: number }
  /** The run is over. After `ok: false` nothing happens until the file changes. */
  | { readonly type: 'done'; readonly number: number; readonly ok: boolean }
  /** The file does not exist (any more). The network is left as it is until the file is back. */
  | { readonly type: 'gone' }
  /** Watching itself has a problem; it continues. */
  | { readonly type: 'trouble'; readonly message: string };

/** Events of the nodes' locks. */
export type LockEvent =
  /** Another netloom holds the lock of a node, and it is waited for. */
  { readonly type: 'lock-busy'; readonly node: string; readonly holder: LockHolder };

/** An event without its time, as the parts of a session report it. Text and JSON lines are renderings of it. */
export type UntimedEvent = ApplyEvent | LabEvent | LockEvent | (WatchEvent & { readonly file: string });

/**
 * An event as a session reports it. `time` is in milliseconds since 1970, and never less than that of the event before.
 */
export type SessionEvent = UntimedEvent & { readonly time: number };
