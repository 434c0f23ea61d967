import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROGRAMS } from '../lib/bundle.mjs';
import { ROOT } from '../lib/paths.mjs';

const FOLDER = join(ROOT, 'node_modules/.cache/netloom');

/**
 * Loads a module of src directly from its source, so generated files never come from an older build in dist.
 * @param {string} file from the clone's top
 * @returns {Promise<any>}
 */
export async function loadSource(file) {
  const { build } = await import('esbuild');
  const outfile = join(FOLDER, `${file.replaceAll('/', '-')}.${process.pid}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  await build({
    entryPoints: [join(ROOT, file)],
    outfile,
    bundle: true,
    plugins: [PROGRAMS],
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
