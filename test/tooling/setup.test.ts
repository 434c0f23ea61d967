import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ensureDebianPackages, HOLD_BACK, installLine, packagesOf } from '../../scripts/lib/debian.mjs';
import { checkNode, staleBecause } from '../../scripts/lib/npm.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { hasCommand, missingRequirements, requirementsFor, searchPath } from '../../scripts/requirements.mjs';

const folders: string[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-setup-'));
  folders.push(folder);
  return folder;
}

describe('Node', () => {
  it('is refused if it is older than package.json requires', () => {
    for (const version of ['18.20.4', '20.18.9', '20.9.0'])
      expect(() => checkNode(version)).toThrow('needs Node >=20.19');
    for (const version of ['20.19.0', '20.20.2', '22.1.0', '24.0.0']) expect(() => checkNode(version)).not.toThrow();
  });
});

describe('a fresh clone', () => {
  it('loads the shared modules of the scripts before any package is installed', async () => {
    const clone = temporary();
    for (const part of ['package.json', 'scripts', 'schemas', 'src'])
      cpSync(part, join(clone, part), { recursive: true });
    const files = readdirSync(join(clone, 'scripts/lib')).filter(
      (name) => name.endsWith('.mjs') && name !== 'vitest-counts.mjs',
    );
    expect(files).toContain('setup.mjs');
    const program = files.map((name) => `await import('./scripts/lib/${name}');`).join('\n');
    const ended = await run([process.execPath, '--input-type=module', '-e', program], { cwd: clone });
    expect(ended.output).toBe('');
    expect(ended.code).toBe(0);
  });
});

describe('npm packages', () => {
  const entry = (version: string, more = {}) => ({ version, integrity: `sha512-${version}`, ...more });
  const wanted = {
    packages: { '': {}, 'node_modules/a': entry('1.0.0'), 'node_modules/b': entry('2.0.0', { optional: true }) },
  };

  it('are up to date if all of the lock file exist, except optional ones of other machines', () => {
    expect(staleBecause(wanted, { packages: { 'node_modules/a': entry('1.0.0') } })).toBeUndefined();
  });

  it('are out of date if there are none, one is missing, or one has another version', () => {
    expect(staleBecause(wanted, undefined)).toBe('none are there yet');
    expect(staleBecause(wanted, { packages: {} })).toBe('a is missing');
    expect(staleBecause(wanted, { packages: { 'node_modules/a': entry('0.9.0') } })).toBe('a has changed');
  });
});

describe('Debian packages', () => {
  it('each have a purpose, and no command is listed twice', () => {
    const all = requirementsFor(['run', 'lab', 'test']);
    expect(new Set(all.map((one) => one.command)).size).toBe(all.length);
    for (const one of all) {
      expect(one).toEqual({
        command: expect.stringMatching(/^[a-z0-9-]+$/) as string,
        package: expect.stringMatching(/^[a-z0-9][a-z0-9+.-]+$/) as string,
        for: expect.stringMatching(/.{10}/) as string,
        needed: expect.stringMatching(/^(run|lab|test)$/) as string,
        ...(one.lack !== undefined && { lack: expect.stringMatching(/.{10}/) as string }),
        ...(one.area !== undefined && { area: 'openvswitch' }),
      });
    }
  });

  it('are also searched in the system folders, which the PATH of an ordinary user lacks', () => {
    expect(searchPath('/home/me/bin:/usr/bin').split(':')).toEqual([
      ...['/home/me/bin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/sbin', '/bin'],
    ]);
  });

  it('count as missing when the command is not an executable file', () => {
    const folder = temporary();
    writeFileSync(join(folder, 'ip'), '', { mode: 0o755 });
    writeFileSync(join(folder, 'conntrack'), '', { mode: 0o644 });
    mkdirSync(join(folder, 'dnsmasq'));
    expect(hasCommand('ip', folder)).toBe(true);
    const missing = missingRequirements(['run'], folder).map((one) => one.command);
    expect(missing).not.toContain('ip');
    expect(missing).toEqual(expect.arrayContaining(['conntrack', 'dnsmasq']));
  });

  it('are reported to a user who is not root, with the command to type', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const packages = packagesOf(requirementsFor(['run', 'lab']));
    await expect(ensureDebianPackages(['run', 'lab'], { path: temporary(), root: false })).rejects.toThrow(
      installLine(packages, { sudo: true }),
    );
    expect(written.mock.calls.map(([text]) => String(text)).join('')).toContain('package dnsmasq-base: DHCP and DNS');
  });
});

describe('installing', () => {
  it('starts no service, and leaves nothing behind of the programs that prevent it', async (context) => {
    if (process.getuid?.() !== 0) context.skip('needs root, as installing a package does');
    const folder = temporary();
    const witness = join(folder, 'started');
    const tree = join(folder, 'package');
    mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
    const fields = {
      Package: 'netloom-witness',
      Version: '1',
      Architecture: 'all',
      Maintainer: 'nobody',
      Description: 'x',
    };
    const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
    writeFileSync(join(tree, 'DEBIAN/control'), control.join(''));
    // Four methods by which a maintainer script may start a service; each would leave a file if it were not prevented.
    const daemon = ['--start', '--exec', '/bin/touch', '--', witness];
    const script = `#!/bin/sh
invoke-rc.d netloom-witness start
deb-systemd-invoke start netloom-witness.service
service netloom-witness start
start-stop-daemon ${daemon.join(' ')}
exit 0
`;
    writeFileSync(join(tree, 'DEBIAN/postinst'), script, { mode: 0o755 });
    await run(['dpkg-deb', '--build', '--root-owner-group', tree, join(folder, 'witness.deb')]);
    for (const sub of ['info', 'updates', 'triggers'])
      mkdirSync(join(folder, 'root/var/lib/dpkg', sub), { recursive: true });
    writeFileSync(join(folder, 'root/var/lib/dpkg/status'), '');

    const dpkg = [
      'dpkg',
      `--root=${join(folder, 'root')}`,
      '--force-script-chrootless',
      '--install',
      join(folder, 'witness.deb'),
    ];
    const held = await run(['sh', HOLD_BACK, ...dpkg]);
    expect(held.code, held.output).toBe(0);
    for (const program of ['invoke-rc.d', 'deb-systemd-invoke', 'service', 'start-stop-daemon']) {
      expect(held.output).toContain(`netloom: held back: ${program} `);
    }
    expect(witness).not.toBeOnDisk();
    expect((await run(['grep', '-c', 'held-back', '/proc/self/mountinfo'])).output.trim()).toBe('0');
    await run(['start-stop-daemon', ...daemon]);
    expect(witness, 'outside, the same line does start it').toBeOnDisk();
  });

  it('returns the exit code of the program that it ran', async (context) => {
    if (process.getuid?.() !== 0) context.skip('needs root, as installing a package does');
    expect((await run(['sh', HOLD_BACK, 'sh', '-c', 'exit 7'])).code).toBe(7);
  });
});
