import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesProbe } from '../../src/kernel/probes/files.ts';
import { outputOf } from '../support/program.ts';

let folder: string;

/** Returns what the probe reads in a folder, in order of the paths. */
function seen(below: string): ReturnType<typeof filesProbe.parse> {
  const [, reader = ''] = filesProbe.arguments?.({ topology: 'demo' }) ?? [];
  const files = filesProbe.parse(outputOf(['sh', '-c', filesProbe.script, 'sh', below, reader]));
  return [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-test-'));
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'empty'), '', { mode: 0o600 });
  writeFileSync(join(folder, 'text'), 'a\nb ü\n\n', { mode: 0o644 });
  writeFileSync(join(folder, 'inner', 'bytes'), Buffer.from([0, 255, 10]), { mode: 0o755 });
  symlinkSync('/etc/passwd', join(folder, 'link'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('files are read with mode and content, and symbolic links are not followed', () => {
  expect(seen(folder)).toEqual([
    { path: `${folder}/empty`, mode: '600', content: '' },
    { path: `${folder}/inner/bytes`, mode: '755', content: 'AP8K', encoding: 'base64' },
    { path: `${folder}/text`, mode: '644', content: 'a\nb ü\n\n' },
  ]);
});

test('a missing folder has no files', () => {
  expect(seen(join(folder, 'none'))).toEqual([]);
});
