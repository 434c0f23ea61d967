import type { Diagnostic } from './diagnostic.ts';
import type { LockHolder } from './host.ts';
import type { Batch, Plan } from './plan.ts';

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

/** Events of a watched file. */
export type WatchEvent =
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
