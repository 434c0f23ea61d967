import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyPrograms } from '../../scripts/lib/build.mjs';
import { example, isRoot, traces } from './support.ts';

const UID = 12345;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AS_USER = [`--reuid=${String(UID)}`, `--regid=${String(UID)}`, '--clear-groups'];

/** A program that uses a lab as an ordinary user does, and prints its results. */
const PROGRAM = `
import { labDown, labHost, labRun, labStatus, labUp } from './lab/index.js';
const topology = JSON.parse(process.argv[2]);
const seen = { uid: process.getuid() };
const begin = Date.now();
await labUp(topology);
seen.milliseconds = Date.now() - begin;
seen.again = await labUp(topology);
const status = await labStatus(topology);
seen.up = status.up;
seen.nodes = status.nodes.map(({ nics }) => nics.map(({ device }) => device).join(' '));
const get = \`ping -c 1 -W 2 192.168.128.102 >/dev/null && perl -MIO::Socket::INET -e '
  print IO::Socket::INET->new("192.168.128.10:80")->getline'\`;
seen.answer = (await labRun(topology, 'controller', ['sh', '-c', get])).stdout;
const shell = await labHost(topology, 'compute1').open();
seen.shell = await shell.read(\`
  ip link add name br0 type bridge && ip link set dev br0 up
  ip link add name tap0 type veth peer name eth0 netns /run/netloom-guests/test1 && ip link set dev tap0 master br0 up
  ip netns add dhcp && ip link add name tapd type veth peer name d0 netns dhcp && ip link set dev tapd master br0 up
  ip -n dhcp address add 10.0.0.2/24 dev d0 && ip -n dhcp link set dev d0 up
  ip netns exec dhcp dnsmasq --user=root --group= --no-hosts --no-resolv --bind-interfaces --interface=d0 \\
    --except-interface=lo --dhcp-range=10.0.0.50,10.0.0.60,1h --dhcp-leasefile=/tmp/leases --no-ping </dev/null >/dev/null 2>&1
  iptables-nft -N netloom && iptables-nft -S netloom\`);
const port = async () => (await labStatus(topology)).instances[0].ports[0];
for (let turn = 0; turn < 200 && (await port()).dhcp !== 'bound'; turn += 1) await new Promise((go) => setTimeout(go, 50));
seen.port = (await port()).address;
await shell.close();
seen.down = [await labDown(topology.doc.name), await labDown(topology.doc.name)];
console.log(JSON.stringify(seen));
`;

let base = '';

describe('a lab of an ordinary user', () => {
  beforeAll(() => {
    base = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-test-rootless-'));
    chmodSync(base, 0o755);
    mkdirSync(path.join(base, 'home'));
    chownSync(path.join(base, 'home'), UID, UID);
    const tsc = path.join(ROOT, 'node_modules/typescript/bin/tsc');
    const out = path.join(base, 'dist');
    const files = ['--ignoreConfig', 'src/lab/index.ts', '--rootDir', 'src', '--outDir', out];
    const how = ['--module', 'nodenext', '--target', 'es2023', '--rewriteRelativeImportExtensions', '--noCheck'];
    execFileSync(process.execPath, [tsc, ...files, ...how, '--types', 'node'], { cwd: ROOT });
    copyPrograms(out);
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(out, 'node_modules'));
    writeFileSync(path.join(out, 'package.json'), '{"type":"module"}');
    writeFileSync(path.join(out, 'program.js'), PROGRAM);
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });
  beforeEach((context) => {
    context.skip(!isRoot, 'becoming another user needs root; the other lab tests run as the user here');
    const works = spawnSync('setpriv', [...AS_USER, 'unshare', '-U', '-r', '-n', 'true']).status === 0;
    context.skip(!works, 'an ordinary user cannot make user namespaces here');
    const readable = spawnSync('setpriv', [...AS_USER, process.execPath, '--version'], { cwd: base }).status === 0;
    context.skip(!readable, 'an ordinary user cannot run this node');
    const checkout = spawnSync('setpriv', [...AS_USER, 'ls', path.join(ROOT, 'node_modules')]).status === 0;
    context.skip(!checkout, 'an ordinary user cannot read this checkout');
  });

  it("has every feature of root's lab", () => {
    const before = traces();
    const home = path.join(base, 'home');
    const { stdout, stderr, status } = spawnSync(
      'setpriv',
      [...AS_USER, process.execPath, path.join(base, 'dist/program.js'), JSON.stringify(example())],
      { cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home, TMPDIR: home } },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { milliseconds, port, ...seen } = JSON.parse(stdout) as Record<string, unknown>;
    expect(milliseconds).toBeLessThan(5000);
    expect(port).toMatch(/^10\.0\.0\.(?:5\d|60)\/24$/);
    expect(seen).toEqual({
      uid: UID,
      again: false,
      up: true,
      nodes: ['eth0 eth1 eth2', 'eth0 eth1', 'eth0 eth1'],
      answer: 'outside sees 192.168.128.100\n',
      shell: '-N netloom\n',
      down: [true, false],
    });
    expect(traces()).toEqual(before);
  });
});
