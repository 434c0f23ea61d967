import { shape } from '../validate.gen.ts';

interface Shape {
  readonly [name: string]: Shape;
}

/**
 * Removes the `x-` keys of a freshly parsed document. Only a mapping with fixed keys has them: in a mapping keyed by
 * name, such as `nodes`, a key that begins with `x-` is a name like any other.
 */
export function dropExtensions(document: unknown): void {
  drop(document, shape);
}

function drop(value: unknown, here: Shape): void {
  if (typeof value !== 'object' || value === null) return;
  const each = here['*'];
  for (const [key, inner] of Object.entries(value)) {
    if (each !== undefined) drop(inner, each);
    else if (!Array.isArray(value) && key.startsWith('x-')) Reflect.deleteProperty(value, key);
    else if (Object.hasOwn(here, key)) drop(inner, here[key] ?? {});
  }
}
