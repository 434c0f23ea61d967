/** A value of `nft -j` (libnftables-json(5)). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** True for a JSON list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Returns the only key of a JSON object and its value: `{ "match": … }`; empty for any other value. */
export function entryOf(value: Json | undefined): readonly [word: string, inner: Json] {
  if (value === null || typeof value !== 'object' || isList(value)) return ['', null];
  const [entry, ...more] = Object.entries(value);
  return entry === undefined || more.length > 0 ? ['', null] : entry;
}

/** Returns a member of a JSON object. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === 'object' && !isList(value)
    ? (value as Readonly<Record<string, Json>>)[key]
    : undefined;
}

/** Returns a text or number as text; any other value is empty. */
export function wordOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
