import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { netloom, netloomOk } from '../support/cli.ts';
import { ownLabs } from '../support/suite.ts';
import { docOf, textOf } from '../support/topology.ts';

/** Nothing in it gives an address to a port, gateway, DHCP server or floating IP. */
const TOPOLOGY = `
name: e2e-held
physical_networks: { wire: {}, outer: {} }
nodes:
  node1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } }
  node2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
address_scopes: { private: {} }
networks:
  lan:
    physical_network: wire
    port_security_enabled: true
    dhcp: { node: node2 }
    subnets: { lan: { cidr: 10.0.0.0/26, address_scope: private } }
  outer:
    physical_network: outer
    external: true
    subnets: { outer: { cidr: 203.0.113.0/27, enable_dhcp: false, gateway_ip: 203.0.113.1 } }
routers: { r: { node: node1, external_gateway: { network: outer }, interfaces: { lan: {} } } }
security_groups: { open: { rules: [{ direction: ingress }] } }
instances:
  b: { node: node1, listen: [22], ports: { eth0: { network: lan, security_groups: [open] } } }
  d: { node: node2, listen: [22], ports: { eth0: { network: lan, security_groups: [open] } } }
floating_ips:
  for-b: { floating_network: outer, instance: b }
  for-d: { floating_network: outer, instance: d }
hosts:
  outside: { listen: [80], nics: { eth0: { physical_network: outer, addresses: [203.0.113.1/27] } } }
expect:
  - { from: b, to: d, protocol: tcp, port: 22 }
  - { from: b, to: outside, protocol: tcp, port: 80 }
  - { from: d, to: outside, protocol: tcp, port: 80 }
`;

/** The addresses that a guest, DHCP server, router or floating IP has, by the id of its port. */
type Held = ReadonlyMap<string, string>;

ownLabs();

describe('derived addresses on a network in use', () => {
  let folder = '';
  let file = '';
  let doc: Topology = docOf(TOPOLOGY);

  /** Changes the file as a user does. */
  const edit = (change: (doc: Topology) => void): void => {
    doc = structuredClone(doc);
    change(doc);
    writeFileSync(file, textOf(doc));
  };

  const instance = (node: string): NonNullable<Topology['instances']>[string] => ({
    node,
    listen: [22],
    ports: { eth0: { network: 'lan', security_groups: ['open'] } },
  });

  const on = (node: string, ...argv: readonly string[]): Promise<string> =>
    netloomOk('lab', 'exec', file, node, '--', ...argv);

  const held = async (node: string): Promise<Held> => {
    const text = await on(node, 'cat', `/run/netloom/${doc.name}/held`);
    return new Map(
      [...text.matchAll(/^(?:port|scope|vlan) (\S+) (.*)$/gm)].map(([, id = '', rest = '']) => [id, rest]),
    );
  };

  const apply = async (...flags: readonly string[]): Promise<string> => {
    await netloomOk('lab', 'up', file);
    const { code, stdout, stderr } = await netloom('apply', '--lab', '--yes', ...flags, file);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    const again = await netloomOk('apply', '--lab', '--yes', file);
    expect(again).toContain('No changes');
    return `${stdout}${stderr}`;
  };

  const works = async (): Promise<void> => {
    const { code, stdout, stderr } = await netloom('verify', '--lab', file);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
  };

  /** A port that exists before and after has its MAC and each address; `-`: its address is given now. */
  const expectKept = (before: Held, after: Held): void => {
    for (const [id, value] of after) {
      const [mac, addresses = mac] = value.split(' ');
      const [macBefore, addressesBefore = macBefore] = before.get(id)?.split(' ') ?? [];
      if (macBefore === undefined || addressesBefore === '-' || addresses === '-') continue;
      expect({
        id,
        mac,
        kept: addressesBefore?.split(',').filter((each) => addresses?.split(',').includes(each)),
      }).toEqual({ id, mac: macBefore, kept: addressesBefore?.split(',') });
    }
  };

  /** Applies a change, after which the guests must work with the leases that they have. */
  const keeps = async (change: (doc: Topology) => void): Promise<void> => {
    const before = await held('node1');
    edit(change);
    const told = await apply();
    expect(told).not.toContain('NLP50');
    const after = await held('node1');
    expect([...after.keys()].some((id) => before.has(id))).toBe(true);
    expectKept(before, after);
    await works();
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-held-'));
    file = path.join(folder, 'held.yaml');
    edit(() => undefined);
    await apply();
    await works();
  });

  afterAll(async () => {
    await netloom('lab', 'down', file);
    rmSync(folder, { recursive: true, force: true });
  });

  it('the file is on every node, for root alone', async () => {
    for (const node of ['node1', 'node2']) {
      expect(await on(node, 'stat', '-c', '%a', `/run/netloom/${doc.name}/held`)).toBe('600\n');
    }
    expectKept(await held('node1'), await held('node2'));
  });

  it('neighbours come, with floating IPs, a subnet and a router of their own', () =>
    keeps((now) => {
      for (const name of ['a', 'c', 'e', 'f', 'g']) {
        now.instances![name] = instance(name < 'd' ? 'node1' : 'node2');
        now.floating_ips![`for-${name}`] = { floating_network: 'outer', instance: name };
      }
      now.networks!['lan']!.subnets!['more'] = { cidr: '10.0.1.0/26', address_scope: 'private' };
      now.address_scopes!['another'] = {};
      now.routers!['s'] = { node: 'node1', external_gateway: { network: 'outer' }, interfaces: { more: {} } };
    }));

  it('neighbours go', () =>
    keeps((now) => {
      for (const name of ['a', 'e']) {
        Reflect.deleteProperty(now.instances!, name);
        Reflect.deleteProperty(now.floating_ips!, `for-${name}`);
      }
    }));

  it('the allocation pools leave out every address that is in use', () =>
    keeps((now) => {
      now.networks!['lan']!.subnets!['lan']!.allocation_pools = [{ start: '10.0.0.61', end: '10.0.0.62' }];
    }));

  it('a guest and the DHCP server move to the other node', () =>
    keeps((now) => {
      now.instances!['c']!.node = 'node2';
      now.networks!['lan']!.dhcp = { node: 'node1' };
    }));

  it('a port is given the address that it has, and the address is left out again', async () => {
    const addresses = [...(await held('node1')).values()].flatMap((line) => /10\.0\.0\.\d+/.exec(line)?.[0] ?? []);
    const shown = await on('b', 'ip', '-4', '-o', 'addr', 'show', 'dev', 'eth0');
    const own = addresses.find((address) => shown.includes(`${address}/`))!;
    expect(own).toMatch(/^10\.0\.0\./);
    await keeps((now) => (now.instances!['b']!.ports!['eth0']!.fixed_ip_address = own));
    await keeps((now) => Reflect.deleteProperty(now.instances!['b']!.ports!['eth0']!, 'fixed_ip_address'));
    expect(await on('b', 'ip', '-4', '-o', 'addr', 'show', 'dev', 'eth0')).toBe(shown);
  });

  it.each([
    ['is lost on one node', ['node1'], 'rm'],
    ['is lost on all nodes', ['node1', 'node2'], 'rm'],
    ['is damaged', ['node1'], 'truncate -s 40'],
    ['could have been written by others', ['node1', 'node2'], 'chmod 666'],
  ])('the file of derived values %s: nothing moves, and the file is written again', async (_, nodes, program) => {
    const before = await held('node1');
    for (const node of nodes) await on(node, 'sh', '-c', `${program} /run/netloom/${doc.name}/held`);
    const { stdout, stderr } = await netloom('plan', '--lab', '--full', file);
    expect(stdout).toMatch(/Plan: .*\b[12] /);
    if (program !== 'rm') expect(`${stdout}${stderr}`).toContain('NLP52');
    await apply();
    expect(await held('node1')).toEqual(before);
    await works();
  });

  it('a plan of one node keeps what is on the others', async () => {
    const { stdout, stderr } = await netloom('plan', '--lab', '--node', 'node2', file);
    expect(`${stdout}${stderr}`).toContain('No changes');
  });

  it('an address that another port is given moves only with --allow-renumber', async () => {
    const shown = await on('d', 'ip', '-4', '-o', 'addr', 'show', 'dev', 'eth0');
    const own = /10\.0\.\d\.\d+/.exec(shown)![0];
    const before = await held('node1');
    edit((now) => {
      now.instances!['thief'] = instance('node1');
      now.instances!['thief'].ports!['eth0']!.fixed_ip_address = own;
    });
    const refused = await netloom('apply', '--lab', '--yes', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`instances.d.ports.eth0: ${own} → `);
    expect(refused.stderr).toContain('instances.thief.ports.eth0 has it');
    expect(refused.stderr).toContain('NLP53');
    expect(await held('node1')).toEqual(before);
    await apply('--allow-renumber');
    const after = await held('node1');
    expect([...after].filter(([id, value]) => before.has(id) && before.get(id) !== value)).toHaveLength(1);
    await netloomOk('lab', 'renew', file, 'd');
    expect(await on('d', 'ip', '-4', '-o', 'addr', 'show', 'dev', 'eth0')).not.toBe(shown);
    await works();
  });

  it('destroy removes the files, without a word about addresses', async () => {
    expect((await netloom('plan', '--lab', file)).stderr).toContain('NLP51');
    const { code, stderr } = await netloom('destroy', '--lab', '--yes', file);
    expect([code, stderr.match(/NLP5\d/)]).toEqual([0, null]);
    for (const node of ['node1', 'node2'])
      expect(await on(node, 'sh', '-c', 'ls -A /run/netloom 2>&1 || :')).toMatch(/^$|No such file/);
  });
});
