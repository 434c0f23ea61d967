import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EDITOR_KEYWORDS } from '../../scripts/generated/validator.mjs';
import { loadTopology } from '../../src/topology/load.ts';
import { outlineOf } from '../../src/topology/outline.ts';
import { BASE, edited, lines, places } from './support.ts';

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../schemas/topology.schema.json', import.meta.url), 'utf8'),
) as object;

/** The base topology as plain values. */
function base(): Record<string, unknown> {
  return parse(BASE) as Record<string, unknown>;
}

/** Every mapping with fixed keys in a document, found by the schema alone. */
function closedMappings(): {
  readonly document: Record<string, unknown>;
  readonly mappings: Record<string, unknown>[];
} {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, discriminator: true, allErrors: true });
  ajv.addVocabulary(EDITOR_KEYWORDS);
  const valid = ajv.compile(SCHEMA);
  const document = base();
  const mappings: Record<string, unknown>[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) {
      const mapping = value as Record<string, unknown>;
      mapping['%'] = {};
      valid(document);
      if (valid.errors?.some(({ keyword }) => keyword === 'additionalProperties') === true) mappings.push(mapping);
      delete mapping['%'];
    }
    Object.values(value).forEach(walk);
  };
  walk(document);
  return { document, mappings };
}

describe('x- keys', () => {
  test('every mapping with fixed keys may have them, and they change nothing', () => {
    const { document, mappings } = closedMappings();
    expect(mappings.length).toBeGreaterThan(10);
    const before = loadTopology(JSON.stringify(document), 't.yaml').topology?.doc;
    const anything = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.array(anything, { minLength: mappings.length, maxLength: mappings.length }), (values) => {
        for (const [index, mapping] of mappings.entries()) mapping['x-note'] = values[index];
        const { topology, diagnostics } = loadTopology(JSON.stringify(document), 't.yaml');
        expect(diagnostics).toEqual([]);
        expect(topology?.doc).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test('hold anchors that the rest of the file uses', () => {
    const { topology, diagnostics } = loadTopology(
      lines(
        'x-node: &node { roles: [network], x-rack: 7 }',
        'name: x',
        'nodes: { n1: *node, n2: { <<: *node, reach: { via: lab, x-why: test } } }',
      ),
      't.yaml',
    );
    expect(diagnostics).toEqual([]);
    expect(topology?.doc).toEqual({
      name: 'x',
      nodes: { n1: { roles: ['network'] }, n2: { roles: ['network'], reach: { via: 'lab' } } },
    });
  });

  test('are names in a mapping keyed by name', () => {
    const text = edited(['  com1:', '  x-com1:'], ['node: com1', 'node: x-com1']);
    expect(Object.keys(loadTopology(text, 't.yaml').topology?.doc.nodes ?? {})).toContain('x-com1');
  });

  test('are limited like every value, and other unknown keys are refused', () => {
    expect(places(loadTopology(`name: a\nx-a: ${'['.repeat(200)}`, 't.yaml').diagnostics)).toEqual(['NL019 2:105']);
    expect(places(loadTopology('name: a\nx-a: 1\nx-a: 2\n', 't.yaml').diagnostics)).toEqual(['NL013 3:1']);
    expect(places(loadTopology('name: a\nx_a: 1\nX-a: 2\n', 't.yaml').diagnostics)).toEqual(['NL101 2:1', 'NL101 3:1']);
  });

  test('do not hide the nodes from the outline', () => {
    expect(outlineOf('x-a: 1\nname: a\nnodes: { n1: { x-rack: 7 } }')?.doc).toEqual({ name: 'a', nodes: { n1: {} } });
  });
});
