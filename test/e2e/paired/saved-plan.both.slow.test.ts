import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netloom, netloomOk } from '../support/cli.ts';
import { expectSame } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf, textOf } from '../support/topology.ts';

const DOC = `name: e2e-saved
physical_networks: { lan: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
instances:
  vm1: { node: n1, ports: { eth0: { network: net1, fixed_ips: [10.0.0.5] } } }
routers:
  r1: { node: n1, interfaces: { sub1: {} } }
`;

ownLabs();

describe('a saved plan', () => {
  const network = labOf(() => docOf(DOC), { trials: false });
  let folder: string;
  let file: string;
  let saved: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-saved-'));
    [file, saved] = ['topology.yaml', 'plan.json'].map((name) => path.join(folder, name)) as [string, string];
    writeFileSync(file, textOf(network().doc));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is stale once anything that it reads has changed, and then changes nothing', { timeout: 60_000 }, async () => {
    await netloomOk('plan', '--lab', '--out', saved, file);
    await network().in('n1', 'ip link set dev eth1 mtu 1450');
    const before = await snapshots(network());
    const { code, stderr } = await netloom('apply', saved);
    expect(code).toBe(1);
    expect(stderr).toContain('Saved plan is stale');
    expect(stderr).toContain('n1/-/nic/eth1: mtu was 1500, is 1450');
    expectSame(before, await snapshots(network()));
    await network().in('n1', 'ip link set dev eth1 mtu 1500');
  });

  it('is carried out without a question, and then is stale', { timeout: 60_000 }, async () => {
    // The file is not read again.
    writeFileSync(file, 'name: other\n');
    expect(await netloomOk('apply', saved)).toContain('No changes. The network matches the file.');
    expect(changesOf(await network().plan())).toEqual([]);
    const { code, stderr } = await netloom('apply', saved);
    expect([code, stderr]).toEqual([1, expect.stringContaining(' is new\n')]);
    writeFileSync(file, textOf(network().doc));
  });

  it('has the checksum with which the same plan is applied, and no other one', { timeout: 60_000 }, async () => {
    await network().in('n1', "ip netns | cut -d' ' -f1 | xargs -I{} ip -n {} address flush scope global");
    const plan = async (): Promise<string | undefined> =>
      /^Checksum: ([0-9a-f]{64})$/m.exec(await netloomOk('plan', '--lab', file))?.[1];
    const [checksum = '', again] = [await plan(), await plan()];
    expect(again).toBe(checksum);
    expect((await netloom('apply', '--lab', '--yes', '--checksum', '0123', file)).stderr).toContain(checksum);
    expect(await plan()).toBe(checksum);
    await netloomOk('apply', '--lab', '--yes', '--checksum', checksum, file);
    expect(changesOf(await network().plan())).toEqual([]);
  });
});
