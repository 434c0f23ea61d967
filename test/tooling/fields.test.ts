import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldTables, subjects } from '../../scripts/generated/fields.mjs';
import { readSchema } from '../../scripts/generated/schema.mjs';

interface Definition {
  readonly properties?: Readonly<Record<string, { readonly description: string }>>;
}

const schema = (await readSchema()) as Definition & { readonly $defs: Readonly<Record<string, Definition>> };

test('every field of the schema has a row in the tables of a subject', () => {
  const tables = subjects(schema)
    .map((subject) => fieldTables(schema, subject))
    .join('\n');
  for (const definition of [schema, ...Object.values(schema.$defs)]) {
    for (const [name, { description }] of Object.entries(definition.properties ?? {})) {
      // The tables print a default in a column of its own.
      const [sentence = ''] = description.split(/ ?Default: /);
      const row = tables.includes(`| \`${name}\``) && tables.includes(sentence.replaceAll('|', '\\|'));
      const section = subjects(schema).includes(name);
      expect(row || section, `${name}: ${description}`).toBe(true);
    }
  }
});

test('a table shows type, default and example, and nested objects have their own tables', () => {
  const small = {
    properties: {
      networks: { type: 'object', description: 'Networks.', additionalProperties: { $ref: '#/$defs/network' } },
    },
    $defs: {
      network: {
        type: 'object',
        description: 'A network.',
        required: ['mtu'],
        properties: {
          mtu: { type: 'integer', description: 'Largest packet.', minimum: 68, maximum: 65535, examples: [1500] },
          routes: { type: 'array', description: 'Routes. Default: none.', items: { $ref: '#/$defs/route' } },
        },
      },
      route: {
        type: 'object',
        required: ['via'],
        properties: {
          via: { type: 'string', description: 'Next hop, a|b.', examples: ['12:30'] },
          metric: { type: 'integer', description: 'Metric.', default: 0 },
        },
      },
    },
  };
  expect(fieldTables(small, 'networks')).toBe(`Networks.

\`networks.NAME\`

| Field | Type | Default | Meaning | Example |
| --- | --- | --- | --- | --- |
| \`mtu\` | integer, 68 to 65535 | **required** | Largest packet. | \`1500\` |
| \`routes\` | list of route | none | Routes. | \`[{ via: '12:30' }]\` |

\`networks.NAME.routes[]\`

| Field | Type | Default | Meaning | Example |
| --- | --- | --- | --- | --- |
| \`via\` | string | **required** | Next hop, a\\|b. | \`'12:30'\` |
| \`metric\` | integer | \`0\` | Metric. |  |`);
});

test('the page has the markers of every subject once', () => {
  const page = readFileSync(new URL('../../docs/topology.md', import.meta.url), 'utf8');
  for (const subject of subjects(schema)) {
    expect(page.split(`<!-- generated: fields ${subject} -->`), subject).toHaveLength(2);
  }
});
