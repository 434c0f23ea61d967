import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadTopology } from '../../src/topology/load.ts';
import { outlineOf } from '../../src/topology/outline.ts';
import { readTopology } from '../../src/topology/read.ts';
import { memoryFolder } from '../support/memory-folder.ts';

const EXAMPLES = new URL('../../topologies/', import.meta.url);

describe('the outline of a text', () => {
  test.each(readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml')))(
    '%s: the name and the nodes of the whole text',
    (file) => {
      const text = readFileSync(new URL(file, EXAMPLES), 'utf8');
      const { name, nodes } = loadTopology(text, file).topology?.doc ?? {};
      for (const variant of [text, text.replaceAll('\n', '\r\n'), stringify({ nodes, name })]) {
        expect(outlineOf(variant)?.doc).toEqual({ name, nodes });
      }
    },
  );

  test('the nodes of included files too', async () => {
    const { text, file, folder } = await readTopology(fileURLToPath(new URL('include/main.yaml', EXAMPLES)));
    expect(loadTopology(text, file, folder).diagnostics).toEqual([]);
    // The nodes there are aliases of an anchor elsewhere.
    expect(outlineOf(text, folder)).toBeUndefined();
    const files = {
      'a.yaml': 'nodes: { n2: {} }\ninclude:\n- sub/b.yaml\nnetworks: {}',
      'sub/b.yaml': 'floating_ips: {}',
      'c.yaml': 'nodes:\n  n3: { reach: { via: lab } }',
    };
    const main = 'name: a\ninclude:\n- a.yaml\n- c.yaml\nnodes: { n1: {} }\n';
    const { name, nodes } = outlineOf(main, memoryFolder('main.yaml', files))?.doc ?? {};
    expect(name).toBe('a');
    expect(Object.keys(nodes ?? {})).toEqual(['n1', 'n2', 'n3']);
  });

  test.each([
    ['a file that is not there', 'name: a\ninclude: [none.yaml]\nnodes: {}', {}],
    ['a node twice', 'name: a\ninclude: [b.yaml]\nnodes: { n: {} }', { 'b.yaml': 'nodes: { n: {} }' }],
    ['a circle', 'name: a\ninclude: [b.yaml]', { 'b.yaml': 'include: [b.yaml]' }],
    ['a path out of the folder', 'name: a\ninclude: [../b.yaml]', { '../b.yaml': '{}' }],
    ['standard input', 'name: a\ninclude: [b.yaml]', undefined],
  ])('%s: there is none', (_, text, files) => {
    expect(outlineOf(text, files && memoryFolder('main.yaml', files))).toBeUndefined();
  });

  test.each([
    ['flow style', '{"name": "a", "nodes": {}}'],
    ['no name', 'nodes: { n1: {} }'],
    ['a name that is none', 'name: ../../etc\nnodes: {}'],
    ['an alias of something elsewhere', 'x: &n {}\nname: a\nnodes: { n1: *n }'],
    ['a mistake in it', 'name: a\nnodes:\n  n1: { rech: { via: local } }'],
    ['nothing', ''],
  ])('%s: there is none', (_, text) => {
    expect(outlineOf(text)).toBeUndefined();
  });

  test.each([
    'nodes:\n' + ' a: 1\n'.repeat(1_300_000),
    'name: x\nnodes:\n' + '\n'.repeat(8_000_000),
    'nodes:\n'.repeat(1_000_000),
  ])('takes no time, whatever the text is', (text) => {
    const begin = performance.now();
    outlineOf(text);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
