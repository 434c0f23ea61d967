import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** The JSON Schema of the topology, from the clone. */
export const SCHEMA = 'schemas/topology.schema.json';

/** The first line of every file that is made from it. */
export const BANNER = `// Generated from ${SCHEMA} by \`npm run generate\`. Do not edit.\n`;

/** The style of the TypeScript that is made from it. It is fixed here, so that a file depends on its sources alone. */
export const STYLE = { singleQuote: true, printWidth: 120 };

/** @returns {Promise<any>} */
export async function readSchema() {
  return JSON.parse(await readFile(join(ROOT, SCHEMA), 'utf8'));
}
