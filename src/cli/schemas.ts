import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The bundle, dist/ and src/ are all two folders below the package.
const FOLDER = new URL('../../schemas/', import.meta.url);
const SUFFIX = '.schema.json';

/** Returns the names of the JSON Schemas that come with netloom, sorted; `topology` is that of a topology file. */
export function schemaNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
}

/** Returns the absolute path of a schema. */
export function schemaPath(name: string): string {
  return fileURLToPath(new URL(name + SUFFIX, FOLDER));
}

/** Reads the text of a schema. */
export function schemaText(name: string): string {
  return readFileSync(schemaPath(name), 'utf8');
}
