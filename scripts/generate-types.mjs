// Writes what is derived from schemas/topology.schema.json: the TypeScript types and the compiled validator.
// `--check` writes nothing and exits 1 when a file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';
import { format } from 'prettier';

/** @param {string} name */
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const STYLE = { singleQuote: true, printWidth: 120 };
const BANNER = '// Generated from schemas/topology.schema.json by `npm run generate`. Do not edit.\n';

/**
 * The types, one per entry of `$defs`.
 * @param {any} schema
 */
async function types(schema) {
  return await compile(structuredClone(schema), 'Topology', {
    bannerComment: BANNER.trim(),
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: STYLE,
  });
}

/**
 * The validator as plain code: compiling the schema at start, with ajv loaded for it, costs more than everything else
 * the program does before its first word.
 * @param {any} schema
 */
async function validator(schema) {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    discriminator: true,
    ownProperties: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  const left = /\brequire\(/.exec(code);
  // Keywords such as minLength need ajv's own runtime; use a pattern in the schema instead.
  if (left !== null) throw new Error('the schema uses a keyword whose code is not self-contained');
  const body = code.replace(/^"use strict";\n?/, '').replace(/export default \w+;\n?/, '');
  const words = `\n/** Which properties may stand where: \`*\` for any key or item, \`=ssh\` for a branch by its tag. */
export const shape = ${JSON.stringify(shapeOf(schema, schema.$defs))};\n`;
  return await format(`${BANNER}/* eslint-disable */\n// @ts-nocheck\n${body}${words}`, {
    ...STYLE,
    parser: 'typescript',
  });
}

/**
 * The properties of a schema, inwards.
 * @param {any} schema
 * @param {any} defs
 * @returns {Record<string, any>}
 */
function shapeOf(schema, defs) {
  if (schema.$ref !== undefined) return shapeOf(defs[schema.$ref.replace('#/$defs/', '')], defs);
  if (schema.oneOf !== undefined) {
    const tag = schema.discriminator.propertyName;
    const branches = schema.oneOf.map((/** @type {any} */ branch) => defs[branch.$ref.replace('#/$defs/', '')]);
    return Object.fromEntries(
      branches.map((/** @type {any} */ branch) => [`=${branch.properties[tag].const}`, shapeOf(branch, defs)]),
    );
  }
  if (schema.properties !== undefined) {
    return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, shapeOf(inner, defs)]));
  }
  const inner = schema.items ?? schema.additionalProperties;
  return inner === undefined ? {} : { '*': shapeOf(inner, defs) };
}

const schema = JSON.parse(await readFile(path('schemas/topology.schema.json'), 'utf8'));
const files = {
  'src/topology/types.gen.ts': await types(schema),
  'src/topology/validate.gen.ts': await validator(schema),
};

const check = process.argv.includes('--check');
for (const [name, text] of Object.entries(files)) {
  const before = await readFile(path(name), 'utf8').catch(() => '');
  if (before === text) continue;
  if (check) {
    process.stderr.write(`${name} is stale: run \`npm run generate\`\n`);
    process.exitCode = 1;
  } else {
    await writeFile(path(name), text);
    process.stdout.write(`wrote ${name}\n`);
  }
}
