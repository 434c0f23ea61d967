import { shape } from '../validate.gen.ts';
import type { Path } from '../valid.ts';

interface Shape {
  readonly [name: string]: Shape;
}

/** Returns the fields that the schema has for the mapping at a path, in its order. */
export function fieldsAt(path: Path): readonly string[] {
  let here: Shape | undefined = shape;
  for (const key of path) here = here?.['*'] ?? here?.[key];
  return Object.keys(here ?? {});
}
