import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packagedTexts } from '../programs/packaged.ts';

/** Returns the sorted names of the JSON Schemas that come with netloom; `topology` is that of a topology file. */
export function schemaNames(): string[] {
  return Object.keys(schemaTexts());
}

/**
 * Returns the absolute path of a schema; `undefined` if netloom is a single executable with no schemas installed
 * beside it.
 */
export function schemaPath(name: string): string | undefined {
  // The bundle, dist/ and src/ are all two folders below the package.
  const path = fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** Returns the text of a schema; `undefined` if there is none of that name. */
export function schemaText(name: string): string | undefined {
  return schemaTexts()[name];
}

function schemaTexts(): Readonly<Record<string, string>> {
  return packagedTexts(new URL('../../schemas/', import.meta.url), '.schema.json');
}
