import { join } from 'node:path';
import { manifest, PACKAGES } from './release.mjs';
import { tool } from './tool.mjs';

/** Makes the npm tarball of what was built; returns its path. */
export async function tarball() {
  await tool(['npm', 'pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', PACKAGES]);
  return join(PACKAGES, `netloom-${manifest().version}.tgz`);
}
