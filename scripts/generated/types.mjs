import { BANNER, readSchema, STYLE } from './schema.mjs';

/** src/topology/types.gen.ts: the types of a topology, one for each entry of `$defs`. */
export async function types() {
  const { compile } = await import('json-schema-to-typescript');
  return await compile(withoutExtensions(await readSchema()), 'Topology', {
    bannerComment: BANNER.trim(),
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: STYLE,
  });
}

/**
 * The schema without the `x-` keys, which are removed from a document when it is loaded. Each would be an index
 * signature, and an unknown key of a mapping would compile.
 * @param {any} value
 * @returns {any}
 */
function withoutExtensions(value) {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'patternProperties');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutExtensions(inner)]));
}
