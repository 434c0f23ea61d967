/** What can be told to a program in an argument list. */
export type Told = string | readonly Told[] | { readonly [key: string]: Told };

/** A value as words: `=TEXT` is a text, `@N` a list of N values, `%N` so many pairs. `told` of reader.pl takes them back. */
export function wordsOf(value: Told): readonly string[] {
  if (typeof value === 'string') return [`=${value}`];
  if (isList(value)) return [`@${String(value.length)}`, ...value.flatMap(wordsOf)];
  const pairs = Object.entries(value);
  return [`%${String(pairs.length)}`, ...pairs.flatMap(([key, each]) => [`=${key}`, ...wordsOf(each)])];
}

function isList(value: Told): value is readonly Told[] {
  return Array.isArray(value);
}
