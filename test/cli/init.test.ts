import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schemaWord } from '../../src/cli/init/words.ts';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { netloom } from '../support/fake-world.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-init-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const nameIn = (text: string): string | undefined => /^name: (.*)$/m.exec(text)?.[1];

test('init writes a file that is valid and compiles without a warning', async () => {
  const file = join(folder, 'three-tier.yaml');
  const { code, out } = await netloom(['init', file]);
  expect(code).toBe(0);
  expect(out).toBe(`Created ${file}. Next: netloom lab up ${file}\n`);
  const text = readFileSync(file, 'utf8');
  expect(nameIn(text)).toBe('three-tier');
  const { topology, diagnostics } = loadTopology(text, file);
  expect(diagnostics).toEqual([]);
  if (topology === undefined) throw new Error('no topology');
  expect(compileTopology(topology).diagnostics).toEqual([]);
});

test('the first line names the schema that `schema --path` prints, which is there', async () => {
  const [first = ''] = (await netloom(['init', '--stdout'])).out.split('\n');
  const file = (await netloom(['schema', '--path'])).out.trim();
  expect(first).toBe(`# yaml-language-server: $schema=${file}`);
  expect(readFileSync(file, 'utf8')).toBe((await netloom(['schema'])).out);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ title: 'Topology' });
});

test('white space in the path of the schema does not end it', () => {
  expect(schemaWord('/opt/my tools/topology.schema.json')).toBe('file:///opt/my%20tools/topology.schema.json');
});

test('an existing file is not changed', async () => {
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, 'mine');
  const { code, err, out } = await netloom(['init', file]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('NLX25');
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('- prints the topology; a file whose stem is not a valid name gives the name demo', async () => {
  const printed = (await netloom(['init', '-'])).out;
  expect(printed).toBe((await netloom(['init', '--stdout'])).out);
  expect(nameIn(printed)).toBe('demo');
  expect(nameIn((await netloom(['init', '--stdout', 'My network.yaml'])).out)).toBe('demo');
});

test('a hostile name of a file stays in its comment, and its commands are typable', async () => {
  const { out } = await netloom(['init', '--stdout', "a'b\nname: evil.yaml"]);
  expect(out.match(/^name: /gm)).toHaveLength(1);
  expect(out).toContain("#   netloom lab up 'a'\\''b\\nname: evil.yaml'");
  expect((await netloom(['init', '--stdout', 'my net.yaml'])).out).toContain("netloom lab up 'my net.yaml'");
});

test('an output has its schema by the name of its command', async () => {
  expect(JSON.parse((await netloom(['schema', 'lab-list'])).out)).toMatchObject({ title: 'lab list --json' });
});

test('an unknown schema is an error that lists the existing ones', async () => {
  const { code, err } = await netloom(['schema', '../package']);
  expect(code).toBe(1);
  expect(err).toMatch(/NLX24.*"\.\.\/package"[^]*topology/);
});
