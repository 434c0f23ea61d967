import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netloom, netloomOk, startNetloom } from '../support/cli.ts';
import { ownLabs } from '../support/suite.ts';
import { docOf, textOf } from '../support/topology.ts';

const TOPOLOGY = `
name: e2e-rename
physical_networks: { wire: {}, outer: {} }
nodes:
  node1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } }
  node2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
networks:
  lan: { physical_network: wire, subnets: { lan-a: { cidr: 10.0.0.0/26 } } }
  outer:
    physical_network: outer
    external: true
    subnets: { out: { cidr: 203.0.113.0/27, enable_dhcp: false, gateway_ip: 203.0.113.1 } }
routers: { r1: { node: node1, external_gateway: { network: outer }, interfaces: { lan-a: {} } } }
instances:
  near: { node: node1, ports: { eth0: { network: lan } } }
  far: { node: node2, ports: { eth0: { network: lan } }, metadata: {} }
  guest: { node: node2, attach: tap, ports: { eth0: { network: lan } } }
hosts:
  outside: { listen: [80], nics: { eth0: { physical_network: outer, addresses: [203.0.113.1/27] } } }
`;

ownLabs();

describe('an entry under another key', () => {
  let folder = '';
  let file = '';
  let text = '';

  const write = (next: string): void => {
    text = next;
    writeFileSync(file, next);
  };

  /** Renames an entry and what refers to it; with the line that keeps it. */
  const renamed = (from: string, to: string, keep: boolean): string => {
    const name = new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'g');
    const line = `renamed_from: ${from}`;
    return text
      .replaceAll(name, to)
      .replace(new RegExp(`^( +)${to}:\n`, 'm'), (head, indent: string) =>
        keep ? `${head}${indent}  ${line}\n` : head,
      );
  };

  const inMember = (member: string, ...argv: readonly string[]): Promise<string> =>
    netloomOk('lab', 'exec', file, member, '--', ...argv);

  const addressOf = async (instance: string): Promise<string> => {
    const { ports } = JSON.parse(await netloomOk('port', 'list', '--json', file)) as {
      ports: { name: string; fixed_ips: string[] }[];
    };
    return ports.find((port) => port.name === instance)?.fixed_ips[0] ?? '';
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'netloom-rename-'));
    file = path.join(folder, 'rename.yaml');
    write(textOf(docOf(TOPOLOGY)));
    await netloomOk('lab', 'up', file);
    await netloomOk('apply', '--yes', file);
    await inMember('near', 'ping', '-c', '1', '-W', '2', '203.0.113.1').catch(() => undefined);
  });

  afterAll(async () => {
    await netloom('lab', 'down', file);
    rmSync(folder, { recursive: true });
  });

  it('is named by the plan, with the line that keeps it', async () => {
    const before = text;
    for (const [from, to, entry] of [
      ['lan', 'inside', 'networks.inside'],
      ['lan-a', 'first', 'networks.lan.subnets.first'],
      ['r1', 'edge', 'routers.edge'],
      ['guest', 'server', 'instances.server'],
    ] as const) {
      write(renamed(from, to, false));
      const { stderr, stdout } = await netloom('plan', file);
      expect(stderr).toMatch(
        new RegExp(`rename\\.yaml:\\d+:\\d+: warning\\[NLP54\\]: ${entry.replaceAll('.', '\\.')} `),
      );
      expect(stderr).toContain(`\`renamed_from: ${from}\``);
      expect(stdout).toMatch(/[1-9]\d* to destroy/);
      write(before);
    }
  });

  it('with that line nothing is changed, and no packet is lost', async () => {
    const pings = [await addressOf('far'), '203.0.113.1'].map((address) =>
      startNetloom(['lab', 'exec', file, 'near', '--', 'ping', '-n', '-i', '0.1', '-w', '12', address]),
    );
    for (const [from, to] of [
      ['lan', 'inside'],
      ['lan-a', 'first'],
      ['r1', 'edge'],
      ['guest', 'server'],
    ] as const) {
      write(renamed(from, to, true));
      const { stdout, stderr } = await netloom('plan', file);
      expect([stdout, stderr]).toEqual(['No changes. The network matches the file.\n', '']);
      expect(await netloomOk('apply', '--yes', file)).toContain('No changes');
    }
    for (const { ended } of pings) {
      const { stdout } = await ended;
      expect(stdout).toMatch(/ 0% packet loss/);
    }
  });

  it('of a guest in a lab: its stand-in is started again, with its address, MAC and id in the metadata', async () => {
    const [address, id] = [await addressOf('far'), await instanceId('far')];
    const { mac } = await linkOf('far');
    write(renamed('far', 'distant', true));
    const ping = startNetloom(['lab', 'exec', file, 'near', '--', 'ping', '-n', '-i', '0.1', '-w', '5', '203.0.113.1']);
    await netloomOk('lab', 'up', file);
    const { stderr } = await netloom('apply', '--yes', file);
    expect(stderr).not.toContain('NLP5');
    expect(await netloomOk('apply', '--yes', file)).toContain('No changes');
    expect(await linkOf('distant')).toMatchObject({ mac, addresses: [address] });
    expect(await instanceId('distant')).toBe(id);
    expect((await ping.ended).stdout).toMatch(/ 0% packet loss/);
    expect(readFileSync(file, 'utf8')).toContain('renamed_from: far');
  });

  it('is pinned to what the nodes have', async () => {
    expect(await netloomOk('pin', file)).toMatch(/^Pinned \d+ ids, \d+ MACs and \d+ addresses in /);
    expect(await netloomOk('validate', file)).toContain('is valid');
    const { stdout } = await netloom('plan', file);
    // Only the file of derived values is shorter.
    expect(stdout).not.toMatch(/link|namespace|address|route/);
    await netloomOk('apply', '--yes', file);
    expect(await netloomOk('plan', file)).toContain('No changes');
    expect(await netloomOk('pin', file)).toBe('Already pinned.\n');
  });

  /** The id that a guest finds in its metadata. */
  async function instanceId(instance: string): Promise<string> {
    const fetch = 'for i in 1 2 3 4 5 6 7 8 9 10; do curl -sf -m 2 "$1" && exit; sleep 0.5; done';
    const url = 'http://169.254.169.254/openstack/latest/meta_data.json';
    const { uuid } = JSON.parse(await inMember(instance, 'sh', '-c', fetch, 'sh', url)) as { uuid: string };
    return uuid;
  }

  async function linkOf(instance: string): Promise<{ mac: string; addresses: readonly string[] }> {
    for (let left = 20; ; left--) {
      const [link] = JSON.parse(await inMember(instance, 'ip', '-j', 'address', 'show', 'dev', 'eth0')) as {
        address: string;
        addr_info: { family: string; local: string }[];
      }[];
      const addresses = (link?.addr_info ?? []).filter(({ family }) => family === 'inet').map(({ local }) => local);
      if (addresses.length > 0 || left === 0) return { mac: link?.address ?? '', addresses };
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
});
