import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Locate } from '../valid.ts';
import { validate } from '../validate.gen.ts';
import { describe } from './describe.ts';
import type { SchemaError } from './describe.ts';
import { pathOf } from './path.ts';

/** One violation of the schema: its path in the document, and its diagnostic. */
export interface Violation {
  readonly path: readonly (string | number)[];
  /** A required entry that is not in the document. */
  readonly missing?: readonly (string | number)[];
  /** The entry that is missing because its key is misspelt. */
  readonly meant?: readonly (string | number)[];
  readonly diagnostic: Diagnostic;
}

/** The generated validator: errors stay on the function until the next call. */
interface Validator {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/** Returns the violations of the JSON Schema by a document, in the order of the schema. */
export function validateShape(document: unknown, locate: Locate): Violation[] {
  const run = validate as unknown as Validator;
  if (run(document)) return [];
  const violations: Violation[] = [];
  // Other errors of a value of the wrong type do not help. ajv reports the type first.
  const wrongType = new Set<string>();
  for (const error of run.errors ?? []) {
    // The key has an error of its own.
    if (error.keyword === 'propertyNames') continue;
    if (wrongType.has(error.instancePath)) continue;
    if (error.keyword === 'type') wrongType.add(error.instancePath);
    const object = pathOf(error.instancePath, document);
    const described = describe(error, object, document);
    const range = nearest(locate, described.path, described.part);
    violations.push({
      path: described.path,
      ...(described.missing !== undefined && { missing: [...described.path, described.missing] }),
      ...(described.meant !== undefined && { meant: [...described.path.slice(0, -1), described.meant] }),
      diagnostic: {
        code: described.code,
        severity: 'error',
        summary: described.summary,
        ...(range === undefined ? {} : { range }),
        ...(described.hint === undefined ? {} : { hint: described.hint }),
      },
    });
  }
  // A required property whose key is misspelt has one error.
  const misspelt = new Set(violations.map(({ meant }) => JSON.stringify(meant)));
  return violations.filter(({ missing }) => missing === undefined || !misspelt.has(JSON.stringify(missing)));
}

/** The range of an entry, or of the innermost one around it that is in the file. */
function nearest(locate: Locate, path: readonly (string | number)[], part: 'key' | 'value'): ReturnType<Locate> {
  const found = locate(path, part);
  return found ?? (path.length === 0 ? undefined : nearest(locate, path.slice(0, -1), 'key'));
}
