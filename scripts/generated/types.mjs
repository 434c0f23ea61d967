import { BANNER, readSchema, STYLE } from './schema.mjs';

/** src/topology/types.gen.ts: the types of a topology, one for each entry of `$defs`. */
export async function types() {
  const { compile } = await import('json-schema-to-typescript');
  return await compile(await readSchema(), 'Topology', {
    bannerComment: BANNER.trim(),
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: STYLE,
  });
}
