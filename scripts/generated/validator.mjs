import { BANNER, readSchema, STYLE } from './schema.mjs';

/**
 * The keywords of the schema that only editors read (VS Code, yaml-language-server): ajv's strict mode knows no other
 * unknown ones.
 */
export const EDITOR_KEYWORDS = ['patternErrorMessage', 'defaultSnippets', 'enumDescriptions'];

/**
 * src/topology/validate.gen.ts: the validator as plain code. Compiling the schema at start, with ajv loaded for it,
 * takes longer than everything else that the program does before its first output.
 */
export async function validator() {
  // Loaded here: a check for freshness does not need these modules.
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: standaloneCode } = await import('ajv/dist/standalone/index.js');
  const { format } = await import('prettier');
  const schema = await readSchema();
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    discriminator: true,
    ownProperties: true,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  // ajv knows the other annotations (description, examples, default).
  ajv.addVocabulary(EDITOR_KEYWORDS);
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  const left = /\brequire\(/.exec(code);
  // Keywords such as minLength need ajv's own runtime; use a pattern in the schema instead.
  if (left !== null) throw new Error('the schema uses a keyword whose code is not self-contained');
  const body = code.replace(/^"use strict";\n?/, '').replace(/export default \w+;\n?/, '');
  const words = `\n/** The properties that each mapping may have: \`*\` for any key or item, \`=ssh\` for a branch by its tag. */
export const shape = ${JSON.stringify(shapeOf(schema, schema.$defs))};
\n/** By definition: the message for a string that does not match its pattern, as editors print it. */
export const patternMessages = ${JSON.stringify(ofPatterns(schema.$defs, 'patternErrorMessage'))};
\n/** The patterns themselves. */
export const patterns = ${JSON.stringify(ofPatterns(schema.$defs, 'pattern'))};\n`;
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
  if (schema.allOf !== undefined) return shapeOf(schema.allOf[0], defs);
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

/** A field of each definition with a pattern. @param {Record<string, any>} defs @param {string} field */
function ofPatterns(defs, field) {
  const strings = Object.entries(defs).filter(([, { pattern }]) => pattern !== undefined);
  return Object.fromEntries(strings.map(([name, definition]) => [name, definition[field]]));
}
