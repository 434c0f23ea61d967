import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /** Of a path: there is a file or a folder. */
    toBeOnDisk: () => T;
  }
}

/** What stands in the nearest folder above a path that is there. */
function around(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder)) folder = dirname(folder);
  return `in ${folder}: ${readdirSync(folder).sort().join(', ') || 'nothing'}`;
}

expect.extend({
  toBeOnDisk(path: string) {
    return {
      pass: existsSync(path),
      message: () => `expected ${path} ${this.isNot ? 'not ' : ''}to be on disk; ${around(path)}`,
    };
  },
});
