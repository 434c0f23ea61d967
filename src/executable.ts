// The main script of the single executable, which is Node.js with netloom inside (scripts/package/executable.mjs).
import { dirname, join } from 'node:path';
import { getRawAsset } from 'node:sea';
import { runBundle } from './bundled.ts';

/** Where a package of the system installs files beside PREFIX/bin/netloom: schemas, for editors. */
const share = join(dirname(dirname(process.execPath)), 'share/netloom');

void runBundle({
  file: join(share, 'dist/bundle/netloom.cjs'),
  text: Buffer.from(getRawAsset('bundle') as ArrayBuffer).toString('latin1'),
  code: Buffer.from(getRawAsset('code') as ArrayBuffer),
})
  .start(process)
  .then((code) => process.exit(code));
