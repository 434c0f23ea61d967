import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { netloom, netloomOk } from './support/cli.ts';
import { filesOfMachine, namespacesUsed, networkOfMachine, processesIn } from './support/machine.ts';
import { namespaceOf } from '../support/processes.ts';
import { ownLabs } from './support/suite.ts';
import { TOPOLOGIES } from './support/topology.ts';

const FILE = fileURLToPath(new URL('linuxbridge-flat.yaml', TOPOLOGIES));

interface Stats {
  readonly bytes_written: number;
  readonly processes: number;
  readonly objects_desired: number;
  readonly objects_observed: number;
}

ownLabs();

describe('the host on which netloom runs', () => {
  afterAll(async () => {
    await netloom('lab', 'down', FILE);
  });

  it('is unchanged after the lab is down: files, network, mounts, processes', async () => {
    const [files, network] = [filesOfMachine(), networkOfMachine()];
    await netloomOk('lab', 'up', FILE);
    const lab = path.join(process.env['TMPDIR'] ?? '', `netloom-${String(process.geteuid?.())}`, 'linuxbridge-flat');
    const namespaces = namespacesUsed(namespaceOf(readFileSync(path.join(lab, 'pid'), 'utf8').trim(), 'pid'));
    // Three nodes, three instances, one outside host, and the bridge of their cables.
    expect([...namespaces].filter((name) => name.startsWith('net:'))).toHaveLength(8);
    await netloomOk('apply', '--yes', FILE);
    await netloomOk('verify', FILE);
    const { stats } = JSON.parse(await netloomOk('plan', '--json', '--stats', FILE)) as { stats: Stats };
    // A node is read by one script over one shell, and both are as long for any number of routers.
    expect(stats).toMatchObject({ shells: 3, scripts: 3 });
    expect(stats.bytes_written).toBeLessThan(3 * 120_000);
    // Of each node the reader, two workers and a shell; of the rest, what the cache did not have.
    expect(stats.processes).toBeLessThan(3 * 16);
    expect(stats.objects_observed).toBeLessThan(3 * stats.objects_desired);
    // Also while the lab is up, its network is not on the host.
    expect(networkOfMachine()).toEqual(network);
    await netloomOk('lab', 'down', FILE);
    expect(processesIn(namespaces)).toEqual([]);
    expect(networkOfMachine()).toEqual(network);
    expect(filesOfMachine()).toEqual(files);
  });
});
