import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine } from '../../src/session/create-engine.ts';
import { netloom, type Ran } from '../support/fake-world.ts';

const UGLY = 'name:   demo # mine\nnodes:\n    n1: {}\n';
const FORMATTED = 'name: demo # mine\nnodes:\n  n1: {}\n';

let folder = '';
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-fmt-'));
  writeFileSync(at('ugly.yaml'), UGLY);
  writeFileSync(at('fine.yaml'), FORMATTED);
  writeFileSync(at('broken.yaml'), 'name: [\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `fmt` on the files of the folder, which the real engine reads. */
async function fmt(...words: readonly string[]): Promise<Ran> {
  const engine = createEngine();
  const paths = words.map((word) => (word.endsWith('.yaml') ? at(word) : word));
  return netloom(['fmt', ...paths], { engine: () => ({ source: (file) => engine.source(file) }) });
}

test('a file is replaced as a whole, names itself, and keeps its mode', async () => {
  chmodSync(at('ugly.yaml'), 0o640);
  const { code, out } = await fmt('ugly.yaml', 'fine.yaml');
  expect([code, out]).toEqual([0, `${at('ugly.yaml')}\n`]);
  expect(readFileSync(at('ugly.yaml'), 'utf8')).toBe(FORMATTED);
  expect(statSync(at('ugly.yaml')).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(['broken.yaml', 'fine.yaml', 'ugly.yaml']);
});

test('a symbolic link stays one', async () => {
  symlinkSync('ugly.yaml', at('link.yaml'));
  expect((await fmt('link.yaml')).code).toBe(0);
  expect(lstatSync(at('link.yaml')).isSymbolicLink()).toBe(true);
  expect(readFileSync(at('ugly.yaml'), 'utf8')).toBe(FORMATTED);
});

test('--check shows the difference and writes nothing', async () => {
  const { code, out } = await fmt('--check', 'fine.yaml', 'ugly.yaml');
  expect(code).toBe(1);
  expect(out).toBe(
    [
      `--- ${at('ugly.yaml')}`,
      `+++ ${at('ugly.yaml')} (formatted)`,
      '@@ -1,4 +1,4 @@',
      '-name:   demo # mine',
      '+name: demo # mine',
      ' nodes:',
      '-    n1: {}',
      '+  n1: {}',
      ' ',
      '',
    ].join('\n'),
  );
  expect(readFileSync(at('ugly.yaml'), 'utf8')).toBe(UGLY);
  expect(await fmt('--check', 'fine.yaml')).toMatchObject({ code: 0, out: '' });
});

test('a file that does not parse is an error; the others are formatted', async () => {
  const { code, err } = await fmt('broken.yaml', 'ugly.yaml');
  expect(code).toBe(1);
  expect(err).toMatch(/broken\.yaml:\d+:\d+: error\[NL010\]/);
  expect(readFileSync(at('broken.yaml'), 'utf8')).toBe('name: [\n');
  expect(readFileSync(at('ugly.yaml'), 'utf8')).toBe(FORMATTED);
});

test('- formats standard input to standard output', async () => {
  const { code, out } = await netloom(['fmt', '-'], { files: { '-': UGLY } });
  expect([code, out]).toEqual([0, FORMATTED]);
});

test('--json lists the files', async () => {
  const { code, out } = await fmt('--json', '--check', 'fine.yaml', 'ugly.yaml', 'broken.yaml');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: [
      { file: at('fine.yaml'), changed: false, diagnostics: [] },
      { file: at('ugly.yaml'), changed: true, diagnostics: [] },
      { file: at('broken.yaml'), changed: false, diagnostics: [{ code: 'NL010' }] },
    ],
  });
});
