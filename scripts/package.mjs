/**
 * `npm run package`: makes the npm tarball, the single executable and the Debian package, in packages/. The same
 * sources, Node.js and tools make the same files, but for V8's cached code, of which some builds have other bytes.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './lib/paths.mjs';
import { bold, dim, main, say, seconds } from './lib/say.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';
import { debianPackage } from './package/deb.mjs';
import { executable } from './package/executable.mjs';
import { PACKAGES } from './package/release.mjs';
import { tarball } from './package/tarball.mjs';

await main(async () => {
  const started = performance.now();
  await ensureInstalled(['package']);
  await ensureBuilt();
  rmSync(PACKAGES, { recursive: true, force: true });
  mkdirSync(PACKAGES);
  say(bold('Packages'));
  tell(await tarball());
  const program = await executable();
  tell(program);
  tell(await debianPackage(program));
  say(dim(`  done in ${seconds(performance.now() - started)}`));
  return 0;
});

/** @param {string} file */
function tell(file) {
  say(`  ${relative(ROOT, file)} ${dim(`${(statSync(file).size / 1e6).toFixed(1)} MB`)}`);
}
