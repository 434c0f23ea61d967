import type { Diagnostic } from './diagnostic.ts';
import type { Batch, Plan } from './plan.ts';

/** What happens while a plan is carried out. */
export type ApplyEvent =
  | { readonly type: 'round-start'; readonly round: number; readonly plan: Plan }
  | { readonly type: 'batch-start'; readonly batch: Batch }
  | { readonly type: 'batch-done'; readonly batch: Batch; readonly milliseconds: number }
  | { readonly type: 'batch-failed'; readonly batch: Batch; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'batch-skipped'; readonly batch: Batch; readonly because: number }
  | { readonly type: 'settled'; readonly rounds: number; readonly milliseconds: number }
  | { readonly type: 'unsettled'; readonly rounds: number; readonly plan: Plan };

/** What happens while a lab is brought to its shape. */
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

/** What a watched file does, and what comes of it. */
export type WatchEvent =
  /** The file is looked at; a run begins. */
  | { readonly type: 'run'; readonly number: number }
  /** The run is over; `ok: false` stands still until the file changes. */
  | { readonly type: 'done'; readonly number: number; readonly ok: boolean }
  /** The file is not there (any more); what stands is left alone until it comes back. */
  | { readonly type: 'gone' }
  /** Watching itself has a problem; it goes on. */
  | { readonly type: 'trouble'; readonly message: string };

/** Whatever a session tells of. Text and JSON lines are renderings of it. */
export type UntimedEvent = ApplyEvent | LabEvent | (WatchEvent & { readonly file: string });

/** A happening as it leaves a session: `time` is in milliseconds since 1970, and never less than that of the event before. */
export type SessionEvent = UntimedEvent & { readonly time: number };
