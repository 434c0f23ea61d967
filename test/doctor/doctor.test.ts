import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { examine } from '../../src/doctor/doctor.ts';
import { FEATURES, type KernelFeature } from '../../src/doctor/features.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { Machine, CommandResult } from '../../src/doctor/machine.ts';
import { capabilitiesIn } from '../../src/doctor/privileges.ts';
import { REQUIREMENTS, versionIn } from '../../src/doctor/tools.ts';
import { trialCommand } from '../../src/doctor/trial.ts';
import { paint } from '../../src/render/colour.ts';
import { findingsDocument } from '../../src/render/doctor/json.ts';
import { renderFindings } from '../../src/render/doctor/text.ts';

const OK: CommandResult = { code: 0, stdout: '', stderr: '' };
const ALL = FEATURES.map(({ id }) => `${id}\t0\t`).join('\n');

interface Wish {
  readonly without?: readonly string[];
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly says?: Readonly<Record<string, CommandResult>>;
  readonly trial?: CommandResult;
  readonly root?: boolean;
  readonly tun?: boolean;
  readonly platform?: string;
}

/** Returns a machine without problems except the given ones. */
function machine({
  without = [],
  files = {},
  says = {},
  trial = { ...OK, stdout: ALL },
  root = true,
  tun = true,
  platform = 'linux',
}: Wish = {}): Machine {
  const texts: Readonly<Record<string, string | undefined>> = {
    '/proc/self/status': `CapEff:\t${root ? '000001ffffffffff' : '0000000000000000'}\n`,
    '/proc/sys/kernel/osrelease': '6.1.0\n',
    '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
    '/proc/sys/net/bridge/bridge-nf-call-ip6tables': '1\n',
    ...files,
  };
  return {
    isRoot: root,
    platform,
    nodeVersion: '20.19.0',
    run(argv) {
      const line = argv.join(' ');
      const known = Object.entries(says).find(([start]) => line.startsWith(start))?.[1];
      if (known) return Promise.resolve(known);
      if (argv[0] === 'unshare') return Promise.resolve(argv.at(-1) === 'true' ? OK : trial);
      if (line === 'iptables --version') return Promise.resolve({ ...OK, stdout: 'iptables v1.8.9 (nf_tables)\n' });
      if (line === 'iptables -S FORWARD') return Promise.resolve({ ...OK, stdout: '-P FORWARD ACCEPT\n' });
      return Promise.resolve({ ...OK, stdout: 'tool 1.2.3\n' });
    },
    readText: (path) => Promise.resolve(texts[path]),
    canWrite: () => Promise.resolve(tun),
    find: (command) => Promise.resolve(without.includes(command) ? undefined : `/usr/bin/${command}`),
  };
}

async function bad(wish: Wish): Promise<readonly Finding[]> {
  return (await examine(machine(wish))).filter(({ state }) => state !== 'ok');
}

test('a machine without findings to fix', async () => {
  expect(await bad({})).toEqual([]);
});

describe('a finding has its cost and its fix', () => {
  test('a tool for every node, one for the lab, one for tests', async () => {
    const findings = await bad({ without: ['conntrack', 'busybox', 'brctl'] });
    expect(findings).toMatchObject([
      { id: 'tool-conntrack', state: 'missing', fix: 'apt-get install --no-install-recommends conntrack' },
      { id: 'tool-busybox', state: 'warning', cost: 'the lab does not work' },
      { id: 'tool-brctl', state: 'note' },
    ]);
  });

  test('a tool that only some topologies need', async () => {
    expect(await bad({ without: ['haproxy'] })).toMatchObject([
      { id: 'tool-haproxy', state: 'warning', cost: 'instances with `metadata` cannot be created' },
    ]);
  });

  test('nft, which only filtered ports need', async () => {
    expect(await bad({ without: ['nft'] })).toMatchObject([
      {
        id: 'tool-nft',
        state: 'warning',
        cost: 'anti-spoofing rules for instances cannot be created',
        fix: 'apt-get install --no-install-recommends nftables',
      },
    ]);
  });

  test('a feature of the kernel', async () => {
    const stdout = ALL.replace('connmark\t0\t', 'connmark\t1\tWarning: Extension connmark revision 0 not supported');
    expect(await bad({ trial: { ...OK, stdout } })).toMatchObject([
      { id: 'connmark', state: 'missing', detail: 'Warning: Extension connmark revision 0 not supported' },
    ]);
  });

  test('user namespaces that a sysctl forbids', async () => {
    const refused = {
      code: 1,
      stdout: '',
      stderr: 'unshare: write failed /proc/self/uid_map: Operation not permitted\n',
    };
    const path = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
    const findings = await bad({ root: false, says: { unshare: refused }, trial: refused, files: { [path]: '1\n' } });
    expect(findings.slice(0, 2)).toMatchObject([
      { id: 'privileges', state: 'missing' },
      { id: 'namespaces', state: 'warning', fix: 'as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0' },
    ]);
    expect(findings.slice(2).filter(({ state }) => state !== 'note')).toEqual([]);
  });

  test('an ordinary user can use the lab, which is no warning', async () => {
    expect(await bad({ root: false })).toMatchObject([{ id: 'privileges', state: 'note', fix: 'run netloom as root' }]);
  });

  test('tables of both flavours of iptables', async () => {
    const says = { 'iptables-nft-save': { ...OK, stdout: '*nat\n:POSTROUTING ACCEPT [0:0]\nCOMMIT\n' } };
    const findings = await bad({ says, files: { '/proc/net/ip_tables_names': 'filter\nnat\n' } });
    expect(findings).toMatchObject([
      { id: 'flavour', state: 'warning', detail: expect.stringContaining('legacy filter, nat; nft nat') as string },
    ]);
  });

  test('policy DROP of FORWARD, as with Docker', async () => {
    const says = { 'iptables -S FORWARD': { ...OK, stdout: '-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n' } };
    const files = { '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n' };
    expect(await bad({ says, files })).toMatchObject([{ id: 'br-netfilter', state: 'warning' }]);
    expect(await bad({ files })).toEqual([]);
  });

  test('bridged frames that do not pass iptables, so that security groups do not work', async () => {
    const path = '/proc/sys/net/bridge/bridge-nf-call-';
    expect(await bad({ files: { [`${path}ip6tables`]: '0\n' } })).toMatchObject([
      { id: 'br-netfilter', state: 'note', fix: expect.stringContaining('bridge-nf-call-ip6tables=1') as string },
    ]);
    expect(await bad({ without: [], files: { [`${path}iptables`]: undefined } })).toMatchObject([
      { id: 'br-netfilter', state: 'note', fix: 'modprobe br_netfilter' },
    ]);
  });

  test('Open vSwitch: its programs, the datapath, and whether the lab can have one', async () => {
    const gone = { code: 127, stdout: '', stderr: '' };
    expect(await bad({ without: ['ovs-vswitchd', 'ovs-vsctl'], says: { 'ovs-appctl': gone } })).toMatchObject([
      {
        area: 'openvswitch',
        id: 'tool-ovs-vsctl',
        state: 'warning',
        cost: 'nodes with `mechanism: openvswitch` cannot be created',
        fix: 'apt-get install --no-install-recommends openvswitch-switch',
      },
      { area: 'openvswitch', id: 'tool-ovs-vswitchd', state: 'warning' },
    ]);
    expect(await bad({ says: { modprobe: { ...gone, code: 1 } } })).toMatchObject([
      {
        id: 'ovs-datapath',
        state: 'note',
        detail: 'userspace (netdev): this kernel has no module openvswitch',
        cost: expect.stringContaining('TCP fails over a veth') as string,
        fix: expect.stringContaining('tx off') as string,
      },
    ]);
    expect((await bad({ tun: false })).find(({ id }) => id === 'ovs-lab')).toMatchObject({
      state: 'note',
      detail: '/dev/net/tun cannot be opened by this user',
    });
  });

  test.each([
    ['openvswitch 217088 0 - Live 0x0\n', '', 'the module openvswitch is loaded'],
    ['', 'netdev@ovs-netdev: hit:0 missed:0\n  b0:\n    b0 65534/1: (tap)\n', 'can be loaded; in use: netdev'],
    ['', 'system@ovs-system: hit:0 missed:0\n', 'is loaded; in use: system'],
  ])('the datapath of a kernel with %j, and in use %j', async (modules, stdout, said) => {
    const wish = { files: { '/proc/modules': modules }, says: { 'ovs-appctl --timeout': { ...OK, stdout } } };
    const found = (await examine(machine(wish))).find(({ id }) => id === 'ovs-datapath');
    expect(found).toMatchObject({ area: 'openvswitch', state: 'ok', detail: expect.stringContaining(said) as string });
  });

  test('an operating system other than Linux', async () => {
    expect(await bad({ platform: 'darwin' })).toMatchObject([{ id: 'linux', state: 'missing' }]);
  });
});

test.each([
  ['ip utility, iproute2-6.1.0, libbpf 1.1.0', '6.1.0'],
  ['iptables-save v1.8.9 (nf_tables)', '1.8.9'],
  ['Dnsmasq version 2.90  Copyright (c) 2000-2024 Simon Kelley', '2.90'],
  ['conntrack v1.4.7 (conntrack-tools)', '1.4.7'],
  ['ping from iputils 20221126', '20221126'],
  ['nothing', undefined],
])('the version in %j', (text, version) => {
  expect(versionIn(text)).toBe(version);
});

test('capabilities are read from /proc/self/status', () => {
  expect(capabilitiesIn('CapPrm:\t0000000000001000\nCapEff:\t0000000000001000\n')).toBe(1n << 12n);
  expect(capabilitiesIn('')).toBe(0n);
});

test('every requirement has a package and a purpose', () => {
  for (const requirement of REQUIREMENTS) {
    expect(requirement.package).not.toBe('');
    expect(requirement.for).not.toBe('');
  }
});

test('every feature is tried by a script', () => {
  for (const { script } of FEATURES) {
    expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  }
});

test('the trial gives each feature its exact input, and prints its exit code and first line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-trial-'));
  // Replaces mount, so that nothing is mounted over /run.
  writeFileSync(join(folder, 'mount'), '#!/bin/sh\n', { mode: 0o755 });
  const feature = (id: string, script: string, input?: string): KernelFeature => ({
    ...{ id, name: id, area: 'kernel', script, state: 'missing', cost: '', fix: '' },
    ...(input !== undefined && { input }),
  });
  const hostile = `it's $(touch ${folder}/x) \`touch ${folder}/x\` %s \\n "`;
  const [file = '', ...args] = trialCommand([
    feature('silent', 'read -r line'),
    feature('echo', 'cat', `${hostile}\nmore\n`),
    feature('fails', 'echo first >&2; echo second; exit 3', 'unread'),
    feature('nothing', 'no-such-program'),
  ]);
  const { stdout } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
  });
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true });
  expect(stdout.split('\n')).toEqual([
    'silent\t1\t',
    `echo\t0\t${hostile}`,
    'fails\t3\tfirst',
    expect.stringMatching(/^nothing\t127\t.*no-such-program/),
    '',
  ]);
  expect(left).toEqual(['mount']);
});

test('findings as text and as JSON', async () => {
  const findings = (await examine(machine({ without: ['conntrack'], root: false }))).filter(
    ({ area, id }) => area === 'machine' || id === 'tool-conntrack' || id === 'flavour',
  );
  expect(renderFindings(findings, paint(false))).toMatchInlineSnapshot(`
    "Machine
      ✔  Node.js                     20.19.0
      ✔  kernel                      6.1.0
      i  this machine’s own network  may not be changed (an ordinary user without CAP_NET_ADMIN or CAP_SYS_ADMIN)
          costs: apply works in the lab and over SSH only
          fix:  run netloom as root
      ✔  user namespaces             can be created
      ✔  /dev/net/tun                can be opened

    Tools
      ✘  conntrack  not found; used for deleting the connections that a changed NAT rule no longer matches
          costs: apply does not work
          fix:  apt-get install --no-install-recommends conntrack

    iptables
      ✔  flavour  nft (iptables v1.8.9 (nf_tables)); only root can read the tables of the other flavour

    1 requirement of netloom is missing.
    "
  `);
  expect(findingsDocument(findings)).toMatchObject({
    format_version: '1.1',
    summary: { missing: 1, warning: 0, note: 1 },
    findings: expect.arrayContaining([expect.objectContaining({ id: 'node', cost: null })]) as unknown,
  });
});
