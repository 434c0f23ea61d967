import type { Path } from '../valid.ts';

/** Returns the path of the first difference between two values of a document; `undefined` if they are equal. */
export function differenceOf(one: unknown, other: unknown, path: Path = []): Path | undefined {
  if (Object.is(one, other)) return undefined;
  if (!isCollection(one) || !isCollection(other) || Array.isArray(one) !== Array.isArray(other)) return path;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const below = [...path, Array.isArray(one) ? Number(key) : key];
    if (Object.hasOwn(one, key) !== Object.hasOwn(other, key)) return below;
    const found = differenceOf(one[key], other[key], below);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A mapping or list of a document, by key or index. */
type Collection = Readonly<Record<string, unknown>>;

function isCollection(value: unknown): value is Collection {
  return typeof value === 'object' && value !== null;
}
