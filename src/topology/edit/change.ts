/** A replacement of a stretch of a text; an insertion if `start` equals `end`. Offsets; `end` is exclusive. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Returns the text with all changes. They must not overlap; of insertions at one offset the first is first. */
export function withChanges(text: string, changes: readonly Change[]): string {
  const ordered = [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: inserted } of ordered) {
    parts.push(text.slice(at, start), inserted);
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}
