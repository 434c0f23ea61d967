// Checks the programs that run on nodes, and our own in sh: what Perl and shellcheck have to say of each, and that each
// is sent by a module beside it. The files of the page are sent to a browser (scripts/generated/page.mjs).
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { installLine, packagesOf } from './lib/debian.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { hasCommand, requirementsFor } from './requirements.mjs';

/** Debian's sh. What POSIX lacks of it, such as `-ef`, busybox has as well. */
const SHELL = '--shell=dash';

const missing = requirementsFor(['run', 'test']).filter(
  ({ command }) => ['perl', 'shellcheck'].includes(command) && !hasCommand(command),
);
if (missing.length > 0) {
  const names = missing.map(({ command }) => command).join(' and ');
  process.stderr.write(`${names} not found. Run this, then try again:\n\n`);
  process.stderr.write(`  ${installLine(packagesOf(missing), { sudo: process.getuid?.() !== 0 })}\n`);
  process.exit(1);
}

const files = ['src', 'scripts'].flatMap(filesBelow);
const faults = [
  ...(await Promise.all(files.filter((file) => file.endsWith('.pl')).map(perlFaults))),
  await shellFaults(SHELL, ...files.filter((file) => file.endsWith('.sh'))),
  await shellFaults('.ci/run'),
  ...files.filter((file) => /^src\/(?!page\/browser\/).*(?<!\.ts|\.json)$/.test(file)).map(unusedFault),
].filter((fault) => fault !== '');
process.stderr.write(faults.join(''));
process.exitCode = faults.length === 0 ? 0 : 1;

/** @param {string} file */
async function perlFaults(file) {
  const strict = /^use strict;$/m.test(readFileSync(join(ROOT, file), 'utf8')) ? '' : `${file} lacks "use strict;"\n`;
  const { code, output } = await run(['perl', '-cw', file], { limit: 60_000 });
  return strict + (code === 0 && output === `${file} syntax OK\n` ? '' : output);
}

/** @param {string[]} args */
async function shellFaults(...args) {
  const { code, output } = await run(['shellcheck', ...args], { limit: 60_000 });
  return code === 0 ? '' : output;
}

/** Returns an error for a file that no module beside it loads. @param {string} file */
function unusedFault(file) {
  const folder = join(ROOT, dirname(file));
  const modules = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const call = `programText(new URL('./${basename(file)}', import.meta.url))`;
  const isSent = modules.some((name) => readFileSync(join(folder, name), 'utf8').includes(call));
  return isSent ? '' : `${file}: no module beside it calls ${call}\n`;
}

/** Paths of all files below a folder of the clone. @param {string} folder */
function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}
