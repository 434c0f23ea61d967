import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** The built program. */
export const MAIN = join(ROOT, 'dist/main.cjs');
