/**
 * The single executable: this Node.js with the bundle, V8's cached code of it, the schemas and the programs for nodes
 * inside. https://nodejs.org/docs/latest-v20.x/api/single-executable-applications.html describes the form. Node.js
 * makes the blob; postject puts it into the copy.
 */
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_FILE, FOLDER as BUNDLE } from '../lib/bundle.mjs';
import { ROOT } from '../lib/paths.mjs';
import { Stop } from '../lib/say.mjs';
import { manifest, PACKAGES } from './release.mjs';
import { tool } from './tool.mjs';

/** The mark in every Node.js that says whether a blob is inside. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Makes the executable; returns its path. */
export async function executable() {
  refuseSharedLibraries();
  const file = join(PACKAGES, `netloom-${manifest().version}-linux-${process.arch}`);
  const folder = mkdtempSync(join(tmpdir(), 'netloom-executable-'));
  try {
    const blob = await makeBlob(folder);
    copyFileSync(process.execPath, file);
    chmodSync(file, 0o755);
    // A seventh of Node.js is symbols for debuggers.
    await tool(['strip', file]);
    const postject = join(ROOT, 'node_modules/postject/dist/cli.js');
    await tool([process.execPath, postject, file, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', FUSE]);
    return file;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} folder */
async function makeBlob(folder) {
  const esbuild = await import('esbuild');
  const main = join(folder, 'main.cjs');
  await esbuild.build({
    entryPoints: [join(ROOT, 'src/executable.ts')],
    outfile: main,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  const config = join(folder, 'sea-config.json');
  const output = join(folder, 'netloom.blob');
  const assets = { bundle: join(BUNDLE, 'netloom.cjs'), code: CODE_FILE };
  writeFileSync(config, JSON.stringify({ main, output, disableExperimentalSEAWarning: true, assets }));
  await tool([process.execPath, '--experimental-sea-config', config], { cwd: folder });
  return output;
}

/** Some distributions' Node.js is a small program over libnode.so, which a host without Node.js lacks. */
function refuseSharedLibraries() {
  const shared = Object.entries(process.config.variables).filter(
    ([name, value]) => name.startsWith('node_shared') && String(value) === 'true',
  );
  if (shared.length === 0) return;
  throw new Stop(
    `this Node.js (${process.execPath}) needs shared libraries of its distribution ` +
      `(${shared.map(([name]) => name).join(', ')}), so no self-contained executable can be made of it. ` +
      'Run this with one from https://nodejs.org/en/download',
  );
}
