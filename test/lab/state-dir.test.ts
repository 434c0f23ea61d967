import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { privateDir, stateDir } from '../../src/lab/state-dir.ts';
import { isRoot } from './support.ts';

let base: string;
let dir: string;

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'netloom-test-'));
  dir = path.join(base, 'netloom-0');
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

describe('the folder of the labs', () => {
  it('is created for our user only, and reused if it exists', async () => {
    await privateDir(dir);
    await privateDir(dir);
  });

  it('is refused if it is a link', async () => {
    mkdirSync(path.join(base, 'elsewhere'), { mode: 0o700 });
    symlinkSync(path.join(base, 'elsewhere'), dir);
    await expect(privateDir(dir)).rejects.toThrow('NLL001');
  });

  it('is refused if it is a file', async () => {
    writeFileSync(dir, '');
    await expect(privateDir(dir)).rejects.toThrow('NLL001');
  });

  it('is refused if other users may enter', async () => {
    mkdirSync(dir);
    chmodSync(dir, 0o750);
    await expect(privateDir(dir)).rejects.toThrow('NLL001');
  });

  it('is refused if it belongs to another user', async (context) => {
    context.skip(!isRoot, 'only root can give a folder away');
    mkdirSync(dir, { mode: 0o700 });
    chownSync(dir, 12345, 12345);
    await expect(privateDir(dir)).rejects.toThrow('NLL001');
  });

  it('never has a path outside because of a name', () => {
    for (const name of ['', '..', '../x', 'a/b', '/etc', 'A']) expect(() => stateDir(name)).toThrow('NLL012');
  });

  it('reports a missing temporary folder', () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = path.join(base, 'nowhere');
    try {
      expect(() => stateDir('demo')).toThrow('NLL001');
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
});
