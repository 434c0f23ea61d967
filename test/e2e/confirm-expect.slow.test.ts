import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { afterAll, expect, it } from 'vitest';
import type { Topology } from '../../src/topology/types.gen.ts';
import { netloom, startNetloom } from './support/cli.ts';
import { works } from './support/expectations.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { textOf } from './support/topology.ts';

const TOPOLOGY = `
name: e2e-confirm-expect
physical_networks: { wire: {} }
nodes: { n1: { reach: { via: lab }, manage_bridge_netfilter: true, nics: { eth1: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { s1: { cidr: 10.0.1.0/24 } } } }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }] }
instances:
  web:
    node: n1
    listen: [80]
    ports: { eth0: { network: lan, fixed_ip_address: 10.0.1.11, security_groups: [web] } }
  guest: { node: n1, ports: { eth0: { network: lan, fixed_ip_address: 10.0.1.12 } } }
expect:
  - { from: guest, to: web, protocol: tcp, port: 80 }
  - { from: guest, to: web, protocol: tcp, port: 443 }
`;

ownLabs();
const network = labOf(() => parse(TOPOLOGY.replace(/ {2}- .*443.*\n/, '')) as Topology);
const folder = mkdtempSync(path.join(tmpdir(), 'netloom-e2e-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file of the same lab. */
function file(change: (doc: Topology) => void): string {
  const doc = parse(TOPOLOGY) as Topology;
  change(doc);
  const name = path.join(folder, 'topology.yaml');
  writeFileSync(name, textOf({ ...doc, name: network().topology.doc.name }));
  return name;
}

const APPLY = ['apply', '--lab', '--yes', '--confirm', '60s'];

it('an apply that breaks what worked before is reverted at once, by the expectations of its file', async () => {
  await network().apply();
  await works(network());
  const closed = file((doc) => {
    doc.security_groups!['web']!.rules![0]!.port_range_min = 79;
    doc.security_groups!['web']!.rules![0]!.port_range_max = 79;
  });
  const { code, stdout, stderr } = await netloom(...APPLY, closed);
  expect(code, stdout + stderr).toBe(1);
  expect(stderr).toContain('error[NLA15]');
  expect(stderr).toMatch(/guest → web tcp 80/);
  expect(stderr).not.toMatch(/tcp 443/);
  expect(stderr).toContain('error[NLA33]');
  await works(network());
  expect(changesOf(await network().plan())).toEqual([]);
});

it('an apply that breaks nothing waits to be confirmed, and cannot be kept before it has ended', async () => {
  const opened = file((doc) => {
    doc.security_groups!['web']!.rules![0]!.port_range_max = 81;
  });
  await network().in(
    'n1',
    // One program has all names of iptables.
    `real=$(readlink -f "$(command -v iptables-restore)"); cp "$real" /run/real
     cat >/run/slow <<'END'
#!/bin/sh
case $0 in *-restore) [ ! -d /run/netloom/.confirm ] || sleep 4 ;; esac
exec perl -e 'exec { shift } @ARGV' /run/real "\${0##*/}" "$@"
END
     chmod 755 /run/slow; mount --bind /run/slow "$real"`,
  );
  const { child, ended } = startNetloom([...APPLY, opened]);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(
    () => network().in('n1', 'ls /run/netloom/.confirm/begun.* 2>/dev/null || :'),
    (text) => text !== '',
    30_000,
  );
  child.kill('SIGUSR1');
  const early = await netloom('confirm', '--lab', opened);
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('error[NLA16]')]);
  await until(
    () => Promise.resolve(said),
    (text) => text.includes('will revert'),
    30_000,
  );
  await new Promise((settle) => setTimeout(settle, 3000));
  expect(child.exitCode).toBeNull();
  expect((await netloom('confirm', '--lab', opened)).code).toBe(0);
  const { code, stderr } = await ended;
  expect(code, stderr).toBe(0);
  expect(stderr).not.toContain('Debugger');
});
