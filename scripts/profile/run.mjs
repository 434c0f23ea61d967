/** Runs a netloom command by the modules of dist, for profile.mjs. */
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

const { start } = await import(join(ROOT, 'dist/cli/start.js'));
process.exit(await start(process));
