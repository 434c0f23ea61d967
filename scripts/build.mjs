/** `npm run build`: src to dist, and `npx netloom` to it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { checkNode, ensureNpmPackages } from './lib/npm.mjs';
import { ROOT } from './lib/paths.mjs';
import { main, say, Stop } from './lib/say.mjs';

await main(async () => {
  checkNode();
  await ensureNpmPackages();
  if (process.argv.includes('--clean')) rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  const { ok, output } = await build();
  if (!ok) throw new Stop(`the build failed:\n${output.trim()}`);
  say('dist is up to date');
  return 0;
});
