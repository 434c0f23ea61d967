/** Writes V8's code for the bundle, for lib/bundle.mjs. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ROOT } from './lib/paths.mjs';

const { bundleFile, CODE } = await import(join(ROOT, 'dist/program.js'));
const { compileBundle } = await import(join(ROOT, 'dist/bundled.js'));

// All functions are compiled, not only those that run at once: those of a command are the ones that count.
setFlagsFromString('--no-lazy');
const script = compileBundle(bundleFile());
// The code says for which flags it is: those of a process that has just begun.
for (const flag of ['--lazy', '--hash-seed=0', '--random-seed=0']) setFlagsFromString(flag);
writeFileSync(`${CODE}.new`, script.createCachedData());
renameSync(`${CODE}.new`, CODE);
