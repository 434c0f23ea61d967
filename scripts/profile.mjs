// npm run profile -- COMMAND…: runs a netloom command under V8's profiler, and writes a flame graph and the profile.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flameSvg } from './profile/flame.mjs';
import { hottest, treeOf } from './profile/tree.mjs';
import { ROOT } from './lib/paths.mjs';
import { dim, say } from './lib/say.mjs';

const INTERVAL_MICROSECONDS = 100;
const SVG = 'netloom.svg';
const PROFILE = 'netloom.cpuprofile';

const args = process.argv.slice(2);
if (args.length === 0) {
  say('usage: npm run profile -- COMMAND…, such as: npm run profile -- validate topologies/linuxbridge-flat.yaml');
  process.exitCode = 1;
} else process.exitCode = profile();

/** Returns the exit code of the command. */
function profile() {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-profile-'));
  try {
    const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL_MICROSECONDS}`];
    // The single modules of dist, not the bundle: each function has its name and its file.
    const { status } = spawnSync(process.execPath, [...flags, join(ROOT, 'scripts/profile/run.mjs'), ...args], {
      stdio: 'inherit',
    });
    const [file] = readdirSync(folder);
    if (file === undefined) throw new Error('Node.js wrote no profile');
    const tree = treeOf(JSON.parse(readFileSync(join(folder, file), 'utf8')), `${ROOT}/dist/`);
    copyFileSync(join(folder, file), PROFILE);
    writeFileSync(SVG, flameSvg(tree, `netloom ${args.join(' ')}`));
    for (const { name, own } of hottest(tree, 15)) say(`${own.toFixed(1).padStart(9)} ms  ${name}`);
    say(dim(`${SVG} is the flame graph; ${PROFILE} is for Chrome's and VS Code's own viewers`));
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
