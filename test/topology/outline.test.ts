import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadTopology } from '../../src/topology/load.ts';
import { outlineOf } from '../../src/topology/outline.ts';

const EXAMPLES = new URL('../../topologies/', import.meta.url);

describe('the outline of a text', () => {
  test.each(readdirSync(EXAMPLES))('%s: name and nodes as the whole text has them', (file) => {
    const text = readFileSync(new URL(file, EXAMPLES), 'utf8');
    const { name, nodes } = loadTopology(text, file).topology?.doc ?? {};
    for (const variant of [text, text.replaceAll('\n', '\r\n'), stringify({ nodes, name })]) {
      expect(outlineOf(variant)?.doc).toEqual({ name, nodes });
    }
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
