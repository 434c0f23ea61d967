/**
 * The nearest candidate by edit distance, if it is near enough. Case is ignored. Of several with the same distance, the
 * first.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  // The cost is the product of both lengths, and a typing error in a name of hundreds of characters is unlikely.
  if (word.length > 64) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** `did you mean "x"?`, `write x` if only the case differs, all candidates if there are at most 16, or `undefined`. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  // A malformed name must not be recommended.
  const usable = candidates.filter((candidate) => /^[\w.-]{1,64}$/.test(candidate));
  const best = suggest(word, usable);
  if (best?.toLowerCase() === word.toLowerCase()) return `write ${best}`;
  if (best !== undefined) return `did you mean ${JSON.stringify(best)}?`;
  if (usable.length === 0 || usable.length > 16) return undefined;
  return `choose from: ${usable.join(', ')}`;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
