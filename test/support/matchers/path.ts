import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /** For a path: a file or folder exists there. */
    toBeOnDisk: () => T;
  }
}

/** Lists the nearest existing folder above a path. */
function contentsNear(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return `in ${folder}: ${readdirSync(folder).sort().join(', ') || 'nothing'}`;
}

expect.extend({
  toBeOnDisk(path: string) {
    return {
      pass: existsSync(path),
      message: () => `expected ${path} ${this.isNot ? 'not ' : ''}to be on disk; ${contentsNear(path)}`,
    };
  },
});
