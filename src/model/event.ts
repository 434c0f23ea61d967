import type { Diagnostic } from './diagnostic.ts';
import type { Batch, Plan } from './plan.ts';

/** Everything that can happen while a plan is carried out. Text and JSON lines are renderings of it. */
export type ApplyEvent =
  | { readonly type: 'round-start'; readonly round: number; readonly plan: Plan }
  | { readonly type: 'batch-start'; readonly batch: Batch }
  | { readonly type: 'batch-done'; readonly batch: Batch; readonly milliseconds: number }
  | { readonly type: 'batch-failed'; readonly batch: Batch; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'batch-skipped'; readonly batch: Batch; readonly because: number }
  | { readonly type: 'settled'; readonly rounds: number; readonly milliseconds: number }
  | { readonly type: 'unsettled'; readonly rounds: number; readonly plan: Plan };
