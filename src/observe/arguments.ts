/** A value that can be passed to a program in its argument list. */
export type Argument = string | readonly Argument[] | { readonly [key: string]: Argument };

/**
 * Encodes a value as arguments: `=TEXT` is a text, `@N` a list of N values, `%N` N pairs of key and value. `decode` of
 * reader.pl reads them.
 */
export function encode(value: Argument): readonly string[] {
  if (typeof value === 'string') return [`=${value}`];
  if (isList(value)) return [`@${String(value.length)}`, ...value.flatMap(encode)];
  const pairs = Object.entries(value);
  return [`%${String(pairs.length)}`, ...pairs.flatMap(([key, each]) => [`=${key}`, ...encode(each)])];
}

function isList(value: Argument): value is readonly Argument[] {
  return Array.isArray(value);
}
