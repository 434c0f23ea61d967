import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Locate } from '../valid.ts';
import { validate } from '../validate.gen.ts';
import { describe } from './describe.ts';
import type { SchemaError } from './describe.ts';
import { pathOf } from './path.ts';

/** One violation of the schema: where in the document it lies, and what to say of it. */
export interface Violation {
  readonly path: readonly (string | number)[];
  readonly diagnostic: Diagnostic;
}

/** The generated validator: errors stay on the function until the next call. */
interface Validator {
  (document: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

/**
 * What the JSON Schema finds wrong with a document, in the order of the schema. Nothing found = the document has its
 * shape.
 */
export function validateShape(document: unknown, locate: Locate): Violation[] {
  const run = validate as unknown as Validator;
  if (run(document)) return [];
  const violations: Violation[] = [];
  // Nothing else that is said of a value of the wrong type helps. ajv names the type first.
  const wrongType = new Set<string>();
  for (const error of run.errors ?? []) {
    // Repeats what the error of the key itself says.
    if (error.keyword === 'propertyNames') continue;
    if (wrongType.has(error.instancePath)) continue;
    if (error.keyword === 'type') wrongType.add(error.instancePath);
    const object = pathOf(error.instancePath, document);
    const said = describe(error, object, document);
    const range = nearest(locate, said.path, said.part);
    violations.push({
      path: said.path,
      diagnostic: {
        code: said.code,
        severity: 'error',
        summary: said.summary,
        ...(range === undefined ? {} : { range }),
        ...(said.hint === undefined ? {} : { hint: said.hint }),
      },
    });
  }
  return violations;
}

/** The range of an entry, or of the innermost one around it that is in the file. */
function nearest(locate: Locate, path: readonly (string | number)[], part: 'key' | 'value'): ReturnType<Locate> {
  const found = locate(path, part);
  return found ?? (path.length === 0 ? undefined : nearest(locate, path.slice(0, -1), 'key'));
}
