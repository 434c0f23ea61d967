import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { between, formatted, table } from './markdown.mjs';
import { readSchema } from './schema.mjs';

/** The page on what a topology may contain. */
export const TOPOLOGY_PAGE = 'docs/topology.md';

/** The subject of the topology's fields that are neither mappings nor lists, such as `name`. */
const TOP = 'topology';

/**
 * The page on topologies with its tables of fields printed from the schema; the rest of it is written by hand.
 *
 * How the page uses it: each subject is a pair of markers, `<!-- generated: fields SUBJECT -->` and `<!-- end: fields
 * SUBJECT -->`, anywhere on the page and in any order. SUBJECT is a key of the topology that has fields of its own
 * (`nodes`, `networks`, `floating_ips`, …), or `topology` for the plain fields at the top (`name`, `release`, …).
 * Between the markers comes one table for each kind of object below that key, each under a line with its path, such as
 * `networks.NAME.subnets.NAME`. `npm run generate` fills them in; it fails if a subject has no markers, so every field
 * of the schema is on the page.
 */
export async function topologyPage() {
  const page = readFileSync(join(ROOT, TOPOLOGY_PAGE), 'utf8');
  const schema = await readSchema();
  return await formatted(
    join(ROOT, TOPOLOGY_PAGE),
    subjects(schema).reduce((text, subject) => between(text, `fields ${subject}`, fieldTables(schema, subject)), page),
  );
}

/** The subjects of the page. @param {any} schema @returns {string[]} */
export function subjects(schema) {
  const sections = Object.keys(schema.properties).filter(
    (name) => objectsBelow(schema, schema.properties[name], name).length > 0,
  );
  return [TOP, ...sections];
}

/** The tables of one subject, as Markdown. @param {any} schema @param {string} subject */
export function fieldTables(schema, subject) {
  if (subject === TOP) {
    const plain = Object.entries(schema.properties).filter(
      ([name, field]) => objectsBelow(schema, field, name).length === 0,
    );
    return fieldTable(schema, { ...schema, properties: Object.fromEntries(plain) });
  }
  const field = schema.properties[subject];
  return [
    wrapped(field.description),
    ...objectsBelow(schema, field, subject).map(({ path, object }) => `\`${path}\`\n\n${fieldTable(schema, object)}`),
  ].join('\n\n');
}

/** Prose in lines of at most 120 columns. @param {string} prose */
function wrapped(prose) {
  return prose.replace(/(.{1,120})(?: |$)/g, '$1\n').trimEnd();
}

/** @param {any} schema @param {any} object */
function fieldTable(schema, object) {
  return table(
    ['Field', 'Type', 'Default', 'Meaning', 'Example'],
    Object.entries(object.properties).map(([name, field]) => {
      const { meaning, fallback } = partsOf(field.description);
      const given = field.default === undefined ? fallback : code(field.default);
      return [
        `\`${name}\``,
        typeOf(schema, field),
        object.required?.includes(name) === true ? '**required**' : given,
        meaning,
        exampleOf(schema, field),
      ];
    }),
  );
}

/**
 * Every kind of object below a field, outermost first, with its path: `NAME` for a key that the author chooses, `[]`
 * for an item of a list.
 * @param {any} schema
 * @param {any} field
 * @param {string} path
 * @returns {{ path: string, object: any }[]}
 */
function objectsBelow(schema, field, path) {
  const found = resolved(schema, field);
  if (found.oneOf !== undefined) {
    const tag = found.discriminator.propertyName;
    return found.oneOf.flatMap((/** @type {any} */ branch) => {
      const value = resolved(schema, branch).properties[tag].const;
      return objectsBelow(schema, branch, `${path} (${tag}: ${value})`);
    });
  }
  if (found.type === 'array') return objectsBelow(schema, found.items, `${path}[]`);
  if (typeof found.additionalProperties === 'object') {
    return objectsBelow(schema, found.additionalProperties, `${path}.NAME`);
  }
  if (found.properties === undefined) return [];
  const inner = Object.entries(found.properties).flatMap(([name, each]) =>
    objectsBelow(schema, each, `${path}.${name}`),
  );
  return [{ path, object: found }, ...inner];
}

/** A definition's fields with those of the reference to it, which come first. @param {any} schema @param {any} field */
function resolved(schema, field) {
  const definition = definitionOf(field);
  return definition === undefined ? field : { ...schema.$defs[definition], ...field };
}

/**
 * The definition that a field refers to, with `$ref` or with an `allOf` of one.
 * @param {any} field
 * @returns {string | undefined}
 */
function definitionOf(field) {
  return (field.$ref ?? field.allOf?.[0].$ref)?.replace('#/$defs/', '');
}

/** The acronyms in the names of definitions. */
const ACRONYMS = new Map(
  ['IP', 'CIDR', 'MAC', 'UUID', 'DNS', 'DHCP', 'SSH', 'TCP', 'MTU', 'NIC'].map((word) => [word.toLowerCase(), word]),
);

/** A field's type in a few words. @param {any} schema @param {any} field @returns {string} */
function typeOf(schema, field) {
  const found = resolved(schema, field);
  const definition = definitionOf(field);
  if (found.enum !== undefined) return found.enum.map(code).join(', ');
  if (found.const !== undefined) return code(found.const);
  if (found.type === 'array') return `list of ${typeOf(schema, found.items)}`;
  if (found.pattern !== undefined && definition !== undefined) return words(definition);
  if (found.type === 'integer' && found.minimum !== undefined) return `integer, ${found.minimum} to ${found.maximum}`;
  if (found.type !== 'object') return found.type;
  return typeof found.additionalProperties === 'object'
    ? `mapping of ${typeOf(schema, found.additionalProperties)}`
    : definition === undefined
      ? 'mapping'
      : words(definition);
}

/** The words of a definition's name: `ssh_host` is an "SSH host". @param {string} definition */
function words(definition) {
  return definition
    .split('_')
    .map((word) => ACRONYMS.get(word) ?? word.replace('ipv4', 'IPv4 address'))
    .join(' ');
}

/** A description without the sentence on its default, and that sentence's words. @param {string} description */
function partsOf(description) {
  const found = /(?:^| )Default: (.+?)\.(?= |$)/.exec(description);
  if (found === null) return { meaning: description, fallback: '' };
  return { meaning: description.replace(found[0], '').trim(), fallback: found[1] ?? '' };
}

/** A field's first example, or the snippet that editors insert. @param {any} schema @param {any} field */
function exampleOf(schema, field) {
  if (field.examples === undefined && field.defaultSnippets !== undefined)
    return `\`${field.defaultSnippets[0].label}\``;
  const example = exampleValue(schema, field);
  return example === undefined ? '' : code(example);
}

/**
 * The first example of a field; of a list, a mapping or an object without one, those of what it must hold.
 * @param {any} schema
 * @param {any} field
 * @returns {unknown}
 */
function exampleValue(schema, field) {
  const found = resolved(schema, field);
  if (found.examples !== undefined) return found.examples[0];
  if (found.oneOf !== undefined) return exampleValue(schema, found.oneOf[0]);
  if (found.type === 'array') return [exampleValue(schema, found.items)];
  if (found.type !== 'object') return undefined;
  if (typeof found.additionalProperties === 'object') {
    return { [found.propertyNames.title]: exampleValue(schema, found.additionalProperties) };
  }
  const required = (found.required ?? []).map((/** @type {string} */ name) => [
    name,
    exampleValue(schema, found.properties[name]),
  ]);
  return Object.fromEntries(required);
}

/** A value as YAML on one line, in a code span. @param {unknown} value */
function code(value) {
  return `\`${flow(value).replaceAll('\n', ' ')}\``;
}

/** @param {unknown} value @returns {string} */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, inner]) => `${key}: ${flow(inner)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  // A scalar that YAML would read as something else, or as the end of a flow collection.
  return /^[A-Za-z0-9_./][A-Za-z0-9_./:@+ -]*$/.test(value) &&
    !/^(?:\d+|\d+:[\d:]+|true|false|null)$/.test(value) &&
    !/: /.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
