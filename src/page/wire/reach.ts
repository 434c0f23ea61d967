import type { Problem } from './sight.ts';

/** The expectations of the file, and what became of them. */
export interface Reach {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly at: number | null;
  readonly rows: readonly ReachRow[];
  readonly diagnostics: readonly Problem[];
}

export interface ReachRow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** `tcp 80`. */
  readonly protocol: string;
  /** `an answer`. */
  readonly expected: string;
  /** `null`: it was not tried. */
  readonly ok: boolean | null;
  /** `answered`, `refused`, …; empty: it was not tried. */
  readonly result: string;
  /** What was seen: `outside sees 11.11.11.10`. */
  readonly detail: string;
}
