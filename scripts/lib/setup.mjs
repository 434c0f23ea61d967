import { build, isBuilt } from './build.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { ensureGenerated } from './generated.mjs';
import { checkNode, ensureNpmPackages } from './npm.mjs';
import { bold, dim, say, seconds, Stop, ticking } from './say.mjs';

/**
 * From a fresh clone to something that runs: the right Node, the Debian packages, the npm packages, the generated
 * files.
 * @param {readonly import('../requirements.mjs').Requirement['needed'][]} purposes
 */
export async function ensureInstalled(purposes) {
  checkNode();
  await ensureDebianPackages(purposes);
  await ensureNpmPackages();
  await ensureGenerated();
}

/** Builds when the sources have changed; stops with the compiler's words when they do not compile. */
export async function ensureBuilt() {
  const fresh = isBuilt();
  const started = performance.now();
  if (!fresh) say(bold('Building'));
  const { ok, output } = await ticking(build());
  if (ok && !fresh) say(dim(`  done in ${seconds(performance.now() - started)}`));
  if (!ok) throw new Stop(`the build failed:\n${output.trim()}`);
}
