import type { Diagnostic } from '../../model/diagnostic.ts';
import { parseYaml } from '../yaml/parse.ts';
import { dropExtensions } from '../schema/extensions.ts';
import { fieldsAt } from '../schema/fields-at.ts';
import { showPath } from '../show.ts';
import type { Path } from '../valid.ts';
import { editYaml, type Mapping } from './edit.ts';

/** A field that a topology gets. */
export interface Field {
  /** The entry that gets it. It exists, or else the one above it does. */
  readonly path: Path;
  readonly field: string;
  readonly value: string | readonly string[];
  /** The field whose place it takes. */
  readonly replaces?: string;
}

/** The text of a file before and after. */
export interface EditedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Adds fields to the files of a topology, each in the file that has its entry, and nothing else: comments, quotes, line
 * breaks and the order of keys stay.
 * @param texts of all files of a valid topology, by name
 */
export function addFields(
  texts: ReadonlyMap<string, string>,
  fields: readonly Field[],
): { readonly files: readonly EditedFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const files: EditedFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [file, text] of texts) {
    const { parsed } = parseYaml(text, file);
    if (parsed === undefined) continue;
    dropExtensions(parsed.root);
    const own = fields.filter(({ path }) => has(parsed.root, path.slice(0, 2)));
    const edited = editYaml(text, file, withFields(parsed.root, own), fieldsAt);
    if ('text' in edited) {
      files.push({ file, before: text, after: edited.text });
      continue;
    }
    const { refused, inherited } = edited;
    const range = parsed.locate(refused) ?? parsed.locate(refused.slice(0, -1), 'key');
    const path = showPath(refused);
    diagnostics.push({
      code: 'NLP70',
      severity: 'error',
      summary: inherited
        ? `${path} would come from an anchor whose own fields are added`
        : `${path} is written in a form that cannot be completed in place`,
      ...(range && { range }),
      hint: inherited
        ? `write out what ${showPath(refused.slice(0, -1))} takes from the anchor, instead of \`<<\` or an alias`
        : 'write it on one line, without an anchor, an alias or a comment inside',
    });
  }
  return { files, diagnostics };
}

function has(root: unknown, path: Path): boolean {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Mapping)[key];
  }
  return true;
}

type Writable = Record<string | number, unknown>;

/** Returns a copy of a document with these fields. */
function withFields(root: Mapping, fields: readonly Field[]): Mapping {
  const desired = copyOf(root) as Writable;
  for (const { path, field, value, replaces } of fields) {
    let at = desired;
    for (const key of path) at = (at[key] ??= {}) as Writable;
    at[field] = value;
    if (replaces !== undefined) Reflect.deleteProperty(at, replaces);
  }
  return desired;
}

/** A copy without shared parts: what an alias or a merge key repeats can differ afterwards. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, inner] of Object.entries(value)) copy[key] = copyOf(inner);
  return copy;
}
