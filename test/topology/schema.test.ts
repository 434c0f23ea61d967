import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Definition {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly additionalProperties?: unknown;
}

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/topology.schema.json', import.meta.url), 'utf8'),
) as Definition & { readonly $id: string; readonly $defs: Readonly<Record<string, Definition>> };

const definitions = [schema, ...Object.values(schema.$defs)];

test('everything has a description, which editors show', () => {
  for (const definition of definitions) {
    expect(definition.description).toMatch(/\.$/);
    for (const [name, property] of Object.entries(definition.properties ?? {})) {
      expect(property.description, name).toMatch(/\.$/);
    }
  }
});

test('every object is closed', () => {
  for (const definition of definitions) {
    if (definition.properties !== undefined) expect(definition).toMatchObject({ additionalProperties: false });
  }
});

test('every closed object takes x- keys', () => {
  for (const definition of definitions) {
    if (definition.additionalProperties === false) expect(definition).toHaveProperty(['patternProperties', '^x-']);
  }
});

test('what is generated from the schema is fresh', () => {
  const script = fileURLToPath(new URL('../../scripts/generate.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
