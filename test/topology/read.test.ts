import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { readTopology } from '../../src/topology/read.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-read-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function refused(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DiagnosticError);
  const [diagnostic] = (error as DiagnosticError).diagnostics;
  return `${diagnostic!.code} ${diagnostic!.summary}`;
}

describe('readTopology', () => {
  test('a file', async () => {
    const file = join(folder, 'ok.yaml');
    writeFileSync(file, '\ufeffname: ü\n');
    expect(await readTopology(file)).toMatchObject({ file, text: 'name: ü\n' });
  });

  test('standard input, cut anywhere', async () => {
    const bytes = Buffer.from('name: ü\n');
    const stdin = Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]);
    expect(await readTopology('-', stdin)).toEqual({ file: '<stdin>', text: 'name: ü\n' });
  });

  test('NL001: a missing file', async () => {
    expect(await refused(readTopology(join(folder, 'none')))).toMatch(/^NL001 .*none": there is no such file$/);
    writeFileSync(join(folder, 'plain'), '');
    expect(await refused(readTopology(join(folder, 'plain', 'x')))).toMatch(/^NL001 .*not a directory$/);
    symlinkSync('loop', join(folder, 'loop'));
    expect(await refused(readTopology(join(folder, 'loop')))).toMatch(/^NL001 .*symbolic links$/);
    expect(await refused(readTopology('a\0b'))).toMatch(/^NL001 /);
  });

  test('NL001: standard input that breaks', async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error('gone'));
      },
    });
    expect(await refused(readTopology('-', stdin))).toMatch(/^NL001 /);
  });

  test('NL002: a directory', async () => {
    mkdirSync(join(folder, 'dir'));
    expect(await refused(readTopology(join(folder, 'dir')))).toMatch(/^NL002 .*is a directory$/);
  });

  test('NL003: too large, also without a known size', async () => {
    const file = join(folder, 'large.yaml');
    writeFileSync(file, Buffer.alloc(8 * 1024 * 1024 + 1, '#'));
    expect(await refused(readTopology(file))).toMatch(/^NL003 .*larger than 8 MiB$/);
    const endless = (function* () {
      for (;;) yield Buffer.alloc(1024 * 1024, '#');
    })();
    expect(await refused(readTopology('-', Readable.from(endless)))).toMatch(/^NL003 /);
  });

  test('NL004: not UTF-8', async () => {
    const file = join(folder, 'latin1.yaml');
    writeFileSync(file, Buffer.from([0x6e, 0xfc]));
    expect(await refused(readTopology(file))).toMatch(/^NL004 /);
  });
});
