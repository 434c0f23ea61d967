import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { loadSource } from './source.mjs';

/**
 * An image of the documentation: what `netloom graph --format svg` prints.
 * @typedef {{ path: string, topology: string, level: 'networks' | 'devices' }} Picture
 */

/** @type {readonly Picture[]} */
export const PICTURES = [
  { path: 'docs/images/linuxbridge-flat.svg', topology: 'linuxbridge-flat', level: 'networks' },
  { path: 'docs/images/linuxbridge-flat-devices.svg', topology: 'linuxbridge-flat', level: 'devices' },
  { path: 'docs/images/two-routers.svg', topology: 'two-routers', level: 'networks' },
];

/** Returns the text of an image. @param {Picture} picture */
export async function picture({ topology, level }) {
  sources ??= Promise.all(
    [
      'src/topology/load.ts',
      'src/compile/compile.ts',
      'src/picture/scene/draw.ts',
      'src/picture/layout/layout.ts',
      'src/picture/svg/svg.ts',
    ].map(loadSource),
  );
  const [{ loadTopology }, { compileTopology }, { MOST_SINGLY, sceneOf }, { layout }, { renderSvg }] = await sources;
  const file = join(ROOT, `topologies/${topology}.yaml`);
  const { topology: valid } = loadTopology(readFileSync(file, 'utf8'), file);
  const { resolved } = compileTopology(valid);
  return renderSvg(await layout(sceneOf(level, { doc: valid.doc, resolved, most: MOST_SINGLY })));
}

/** The modules, loaded once. @type {Promise<any[]> | undefined} */
let sources;
