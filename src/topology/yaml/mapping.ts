/**
 * A mapping of a document: it inherits nothing, so every key, also `__proto__`, is an own property. V8 keeps an object
 * without any prototype as a hash table, which takes three times the memory and time of this one.
 */
const Mapping = function (): void {
  // Has no properties.
} as unknown as new () => Record<string, unknown>;
Mapping.prototype = Object.freeze(Object.create(null) as object);

/** Returns a mapping without entries. */
export function emptyMapping(): Record<string, unknown> {
  return new Mapping();
}
