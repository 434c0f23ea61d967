import type { Severity } from '../severity.ts';

/** The severity of a code, and the sentence that tells what the code means. */
type Meaning = readonly [severity: Severity | 'error or warning', sentence: string];

/** The codes of one subject. */
export interface Family {
  readonly title: string;
  /** A sentence that applies to all of them. */
  readonly about?: string;
  readonly codes: Readonly<Record<string, Meaning>>;
}
