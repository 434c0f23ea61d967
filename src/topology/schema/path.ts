import { shape } from '../validate.gen.ts';

/** Converts a JSON pointer to a path: indexes of lists become numbers. */
export function pathOf(pointer: string, document: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let value = document;
  for (const escaped of pointer.split('/').slice(1)) {
    const part = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(part) : part);
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  return path;
}

/** The value at a path; `undefined` if there is none. */
export function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let value = document;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

interface Shape {
  readonly [name: string]: Shape;
}

/** The properties that the schema defines for the object at a path. */
export function propertiesAt(document: unknown, path: readonly (string | number)[]): string[] {
  let here: Shape = shape;
  for (const part of path) {
    const next = Object.hasOwn(here, part) ? here[part] : here['*'];
    if (next === undefined) return [];
    here = next;
  }
  const via = valueAt(document, [...path, 'via']);
  const branch = typeof via === 'string' && Object.hasOwn(here, `=${via}`) ? here[`=${via}`] : undefined;
  // Without its tag a mapping with branches can have the tag alone.
  if (branch === undefined && Object.keys(here).some((name) => name.startsWith('='))) return ['via'];
  return Object.keys(branch ?? here).filter((name) => !name.startsWith('=') && name !== '*');
}
