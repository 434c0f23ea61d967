import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCommand, missingRequirements, searchPath } from '../requirements.mjs';
import { ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { bold, dim, say, seconds, Stop, ticking } from './say.mjs';
import { join } from 'node:path';

/** @typedef {import('../requirements.mjs').Requirement} Requirement */

/**
 * Holds back every service while apt-get runs.
 *
 * The usual means is a /usr/sbin/policy-rc.d that exits 101. But that file belongs to the host's administrator: an
 * existing one must not be overwritten, and one of ours would remain after a `kill -9` and hold back services
 * permanently. So no file is written. apt-get runs in a mount namespace of its own. There a program that prints what it
 * held back and exits with 0 is bind-mounted over the programs that start services: invoke-rc.d and deb-systemd-invoke,
 * which maintainer scripts call, and `service` and start-stop-daemon, which other scripts call. The mounts are visible
 * only in the namespace, and the kernel removes it when its last process ends, even by a signal.
 */
export const HOLD_BACK = join(ROOT, 'scripts/hold-back-services.sh');

/** The Debian packages that bring the commands, each once, sorted. @param {readonly Requirement[]} missing */
export function packagesOf(missing) {
  return [...new Set(missing.map((requirement) => requirement.package))].sort();
}

/** What a person would type. @param {readonly string[]} packages @param {{ sudo: boolean }} options */
export function installLine(packages, options) {
  return `${options.sudo ? 'sudo ' : ''}apt-get install --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Makes sure that the commands needed are there: installs them as root, names them otherwise.
 * @param {readonly Requirement['needed'][]} purposes
 * @param {{ path: string, root: boolean }} [machine] where commands are looked for, and whether we may install
 */
export async function ensureDebianPackages(purposes, machine = { path: searchPath(), root: process.getuid?.() === 0 }) {
  const missing = missingRequirements(purposes, machine.path);
  if (missing.length === 0) return;
  const packages = packagesOf(missing);
  say(bold('Missing on this machine:'));
  const width = Math.max(...missing.map((requirement) => requirement.command.length));
  for (const { command, for: what, package: name } of missing) {
    say(`  ${command.padEnd(width)}  ${dim(`package ${name}: ${what}`)}`);
  }
  if (!hasCommand('apt-get')) {
    throw new Stop(`there is no apt-get here; install these commands by the means of your system, then try again`);
  }
  if (!machine.root) {
    throw new Stop(
      `installing Debian packages needs root. Run this, then try again:\n\n  ` +
        `${installLine(packages, { sudo: true })}\n`,
    );
  }
  await canHoldBack(packages);
  await install(packages);
  const still = missingRequirements(purposes);
  if (still.length > 0) {
    throw new Stop(
      `apt-get was content, but ${still.map((requirement) => requirement.command).join(', ')} cannot be found`,
    );
  }
}

/** @param {readonly string[]} packages */
async function canHoldBack(packages) {
  const tried = await run(['sh', HOLD_BACK, 'true']);
  if (tried.code === 0) return;
  throw new Stop(
    'cannot make a private mount namespace here, so nothing would keep services from starting during the ' +
      `installation:\n` +
      `${tried.output.trim()}\nInstall the packages yourself, then try again:\n\n  ` +
      `${installLine(packages, { sudo: false })}\n`,
  );
}

/** @param {readonly string[]} packages */
async function install(packages) {
  say(`Installing ${packages.join(' ')} ${dim('(no service is started)')}`);
  const started = performance.now();
  let fresh = !hasPackageLists();
  let output = '';
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    // Lists that are there are used as they are: most of the time they are good enough, and reading new ones is slow.
    if (fresh) await ticking(aptGet(['update', '--quiet']));
    const ended = await ticking(
      aptGet(['install', '--yes', '--quiet', '--no-install-recommends', '--no-remove', ...packages]),
    );
    if (ended.code === 0) {
      say(dim(`  done in ${seconds(performance.now() - started)}`));
      return;
    }
    output = ended.output;
    if (fresh) await sleep(attempt * 2000);
    fresh = true;
  }
  // What went wrong is at the end, and what it takes to understand it just before.
  const last = output.trim().split('\n').slice(-20).join('\n');
  throw new Stop(`apt-get could not install ${packages.join(' ')}:\n${last}`);
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2', '-o', 'Dpkg::Use-Pty=0'];
  return run(['sh', HOLD_BACK, 'apt-get', ...options, ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8', NEEDRESTART_MODE: 'l' },
    limit: 10 * 60_000,
  });
}

/** True when apt has read its lists at least once. */
function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'));
  } catch {
    return false;
  }
}
