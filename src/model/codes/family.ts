import type { Severity } from '../severity.ts';

/** How severe what a code stands for is, and the sentence that says what it means. */
type Meaning = readonly [severity: Severity | 'error or warning', sentence: string];

/** Codes of one subject. */
export interface Family {
  readonly title: string;
  /** What is true of all of them. */
  readonly about?: string;
  readonly codes: Readonly<Record<string, Meaning>>;
}
