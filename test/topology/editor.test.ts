import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadTopology } from '../../src/topology/load.ts';
import { completions, hover, typed, underlined, wellFormed } from '../support/editor.ts';
import { DEFINITIONS, FIELDS } from './schema-fields.ts';

const PATTERNS = DEFINITIONS.flatMap(([, { pattern }]) => (pattern === undefined ? [] : [pattern]));
const NAMED = FIELDS.filter(({ named }) => named);
/** Fields whose value is typed after the key. */
const SCALARS = FIELDS.filter(({ schema }) => schema.type !== 'object' && schema.type !== 'array' && !schema.oneOf);

/** No pattern of the schema is in a text that a reader sees. */
function expectNoPattern(text: string): void {
  for (const pattern of PATTERNS) expect(text).not.toContain(pattern);
  expect(text).not.toMatch(/\[a-z0-9\]|\(\?|Pattern/);
}

describe.each(['block', 'flow'] as const)('in %s style', (style) => {
  test.each(NAMED.map(({ path, schema }) => [path.join('.'), path, schema] as const))(
    '%s is offered by its first letter, with its description, and inserts valid YAML',
    async (_, path, schema) => {
      const key = path.at(-1) ?? '';
      const above = path.slice(0, -1);
      // At the top of a file there is block style alone.
      const text = typed(above, `${key.slice(0, 1)}‸`, above.length === 0 ? 'block' : style);
      const offered = (await completions(above.length === 0 ? text.replace('name: site1\n', '') : text)).filter(
        ({ label }) => label === key,
      );
      expect(offered.length, text).toBeGreaterThan(0);
      for (const { documentation, text: chosen } of offered) {
        // Each method of reaching a node has a `via`; the editor shows the description of the first one.
        if (key !== 'via') expect(documentation).toBe(schema.description);
        expect(wellFormed(chosen), chosen).toBe(true);
      }
    },
  );

  test.each(SCALARS.filter(({ path }) => path.length > 1).map(({ path }) => [path.join('.'), path] as const))(
    '%s has a value to choose, which inserts valid YAML',
    async (_, path) => {
      const text = typed(path, ' ‸', style);
      const offered = await completions(text);
      expect(offered.length, text).toBeGreaterThan(0);
      for (const { text: chosen, documentation } of offered) {
        expect(wellFormed(chosen), chosen).toBe(true);
        expectNoPattern(documentation);
      }
    },
  );

  test.each(NAMED.map(({ path, schema }) => [path.join('.'), path, schema] as const))(
    'the description of %s is shown at its key, without a pattern',
    async (_, path, schema) => {
      const key = path.at(-1) ?? '';
      const text = typed(path, ' x', style).replace(/^name: site1\n/, '');
      const shown = await hover(
        `${text.slice(0, text.lastIndexOf(`${key}:`))}‸${text.slice(text.lastIndexOf(`${key}:`))}`,
      );
      expectNoPattern(shown);
      const words = (text: string) => text.replace(/\\/g, '').replace(/\s+/g, ' ');
      // Of the methods of reaching a node the editor shows one.
      if (key !== 'via' && key !== 'reach') expect(words(shown)).toContain(words(schema.description ?? ''));
    },
  );
});

test.each(
  FIELDS.filter(({ schema }) => schema.pattern !== undefined).map(({ path, schema }) => [path, schema] as const),
)(
  'a value that the pattern of %s refuses is underlined with a sentence, and netloom reports it with one',
  async (path, schema) => {
    const text = typed(path, ' "§\\x01"', 'flow')
      .replace(/^name: site1\n(?=name)/, '')
      .replace('reach: { ', 'reach: { via: ssh, ');
    const messages = await underlined(text);
    expect(messages).toContain(schema.patternErrorMessage);
    for (const message of messages) expectNoPattern(message);
    const { diagnostics } = loadTopology(text, 'topology.yaml');
    const [, what = '', hint = ''] = /^Not ([^:]+): (.*)\.$/.exec(schema.patternErrorMessage ?? '') ?? [];
    const found = diagnostics.filter(({ summary }) => summary.includes('§'));
    expect(found.map(({ summary }) => summary).join('\n')).toMatch(/is not (?:an?|the) /);
    for (const { summary, hint: said = '' } of diagnostics) expectNoPattern(summary + said);
    // A target may be a name or an address; the error of netloom names the one that it assumed.
    if (!what.includes(', ')) expect(found).toContainEqual(expect.objectContaining({ hint }));
  },
);

test('a key that its pattern refuses is underlined with a sentence', async () => {
  const mappings = FIELDS.filter(({ schema }) => schema.propertyNames !== undefined);
  expect(mappings.length).toBeGreaterThan(10);
  for (const { path } of mappings) {
    const messages = await underlined(typed([...path, "'§'"], ' {}', 'flow'));
    expect(messages.join('\n'), path.join('.')).toMatch(/Not (?:a|the) (?:usable )?name/);
    for (const message of messages) expectNoPattern(message);
  }
});

test('the key of a mapping is offered with an example and without a pattern', async () => {
  for (const { path } of FIELDS.filter(({ schema }) => schema.propertyNames !== undefined)) {
    for (const style of ['block', 'flow'] as const) {
      for (const { documentation, text } of await completions(typed(path, 'x‸', style))) {
        expectNoPattern(documentation);
        expect(wellFormed(text), text).toBe(true);
      }
    }
  }
});

describe('an editor and netloom refuse the same files', () => {
  const TOPOLOGIES = new URL('../../topologies/', import.meta.url);
  const EXAMPLES = new URL('../codes/files/', import.meta.url);

  const topologies = [...readdirSync(TOPOLOGIES).filter((name) => name.endsWith('.yaml')), 'include/main.yaml'];
  test.each(topologies)('nothing is underlined in topologies/%s', async (name) => {
    expect(await underlined(readFileSync(new URL(name, TOPOLOGIES), 'utf8'))).toEqual([]);
  });

  const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'));

  test.each(examples.filter((name) => /^NL1/.test(name)))('%s violates the schema, and is underlined', async (name) => {
    const messages = await underlined(readFileSync(new URL(name, EXAMPLES), 'utf8'));
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) expectNoPattern(message);
  });

  test.each(examples.filter((name) => /^NL[2-9]/.test(name)))(
    '%s conforms to the schema, and nothing is underlined',
    async (name) => {
      expect(await underlined(readFileSync(new URL(name, EXAMPLES), 'utf8'))).toEqual([]);
    },
  );
});
