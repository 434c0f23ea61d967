import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { EDITOR_KEYWORDS } from '../../scripts/generated/validator.mjs';
import { DEFINITIONS, FIELDS, resolved, SCHEMA } from './schema-fields.ts';
import type { Definition } from './schema-fields.ts';

/** The strict mode knows every keyword of JSON Schema, and those of editors. */
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, discriminator: true });
ajv.addVocabulary(EDITOR_KEYWORDS);
ajv.addSchema(SCHEMA);

const PROPERTIES = DEFINITIONS.flatMap(([pointer, { properties = {} }]) =>
  Object.entries(properties).map(([name, property]) => [`${pointer}/properties/${name}`, property] as const),
);

test('everything has a description, which editors show', () => {
  for (const [pointer, { description }] of [...DEFINITIONS, ...PROPERTIES]) {
    expect(description, pointer).toMatch(/^.+\.$/);
  }
});

test('every object is closed except for notes', () => {
  for (const [pointer, definition] of DEFINITIONS) {
    if (definition.properties === undefined) continue;
    expect(definition.additionalProperties, pointer).toBe(false);
    expect(Object.keys(definition.patternProperties ?? {}), pointer).toEqual(['^x-']);
  }
});

test('every pattern has a sentence that replaces it: "Not a WHAT: HINT."', () => {
  const patterns = DEFINITIONS.filter(([, { pattern }]) => pattern !== undefined);
  expect(patterns.length).toBeGreaterThan(20);
  for (const [pointer, { patternErrorMessage }] of patterns) {
    expect(patternErrorMessage, pointer).toMatch(/^Not (?:an?|the) [^:]+: .+\.$/);
    expect(patternErrorMessage, pointer).not.toMatch(/[\\^$]|\[/);
  }
  // A pattern anywhere else would have neither a sentence nor a code of its own.
  const inline = (definition: Definition) => [...Object.values(definition.properties ?? {}), definition.items];
  for (const [pointer, definition] of DEFINITIONS) {
    for (const inner of inline(definition)) expect(inner?.pattern, pointer).toBeUndefined();
  }
});

describe('examples', () => {
  test('every field has one, except objects, whose fields have their own', () => {
    for (const { path, schema } of FIELDS) {
      const items = schema.items === undefined ? undefined : resolved(schema.items);
      const composed = schema.type === 'object' || (items !== undefined && items.type !== 'string');
      if (!composed) expect(schema.examples ?? resolved(schema.items ?? {}).examples, path.join('.')).toBeDefined();
    }
  });

  test('every key that the author chooses has one', () => {
    for (const { path, schema } of FIELDS) {
      if (schema.propertyNames !== undefined) expect(schema.propertyNames.title, path.join('.')).toMatch(/^[a-z]/);
    }
  });

  test.each([...DEFINITIONS, ...PROPERTIES])('the examples and the default of %s are valid there', (pointer, found) => {
    const valid = ajv.compile({ $ref: `${SCHEMA.$id}${pointer}` });
    const values = [...(found.examples ?? []), ...(found.default === undefined ? [] : [found.default])];
    for (const value of values) expect(valid(value), JSON.stringify(value)).toBe(true);
  });
});

test('every value of an enum that has descriptions has one', () => {
  const described = [...DEFINITIONS, ...PROPERTIES].filter(([, found]) => found.enumDescriptions !== undefined);
  expect(described.length).toBeGreaterThan(5);
  for (const [pointer, found] of described)
    expect(found.enumDescriptions, pointer).toHaveLength(found.enum?.length ?? 0);
});

test('the files generated from the schema are up to date', () => {
  const script = fileURLToPath(new URL('../../scripts/generate.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
