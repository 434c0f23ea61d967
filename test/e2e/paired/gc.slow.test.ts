import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNetloom } from '../support/cli.ts';
import { expectSame } from '../support/expectations.ts';
import { triesGc } from '../support/gc.ts';
import { NODE, PREPARE, withoutNamespaces } from '../support/own-namespace.ts';
import { installNetloom, netloomOn } from '../support/program.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';

ownLabs();

triesGc('gc of a topology whose file is lost', { make: () => example('e2e-gc'), beside: 'compute2' });

triesGc('gc of a topology on Open vSwitch', {
  make() {
    const doc = example('e2e-gc-ovs', 'openvswitch-grizzly.yaml');
    doc.physical_networks!['management'] = {};
    doc.nodes!['openstack']!.nics!['eth0'] = {
      physical_network: 'management',
      addresses: ['192.168.128.100/24'],
    };
    return doc;
  },
  beside: 'openstack',
  hasSwitch: true,
});

triesGc('gc of a router in the node’s own namespace, with its metadata proxy', {
  make() {
    const doc = withoutNamespaces('e2e-gc-own');
    doc.physical_networks!['management'] = {};
    doc.nodes![NODE]!.nics!['eth0'] = { physical_network: 'management', addresses: ['192.168.128.100/24'] };
    return doc;
  },
  beside: NODE,
  hasSwitch: true,
  prepare: PREPARE,
});

/** The number of moments of an apply that are tested, spread over its duration. */
const MOMENTS = 8;

describe('gc after a killed apply whose file is lost', () => {
  const network = labOf(() => example('e2e-gc-crash'), { trials: false });
  const nodes = (): readonly string[] => [...network().resolved.nodes.keys()];
  let folder = '';
  let before: Record<string, string> = {};
  let milliseconds = 0;

  const start = (): ReturnType<typeof startNetloom> =>
    startNetloom(['apply', '--yes', path.join(folder, 'topology.yaml')]);
  const collect = async (): Promise<void> => {
    for (const node of nodes()) {
      // Running scripts continue for a moment, and keep the lock until they end.
      await network().in(node, '[ ! -e /run/netloom.lock ] || flock -w 10 /run/netloom.lock true');
      const { code, stdout, stderr } = await netloomOn(network(), node, 'gc', '--yes', '--all');
      expect(code, `on ${node}: ${stdout}${stderr}`).toBe(0);
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-gc-'));
    writeFileSync(path.join(folder, 'topology.yaml'), textOf(network().doc));
    await installNetloom(network());
    before = await snapshots(network());
    const begin = performance.now();
    expect((await start().ended).code).toBe(0);
    milliseconds = performance.now() - begin;
    await collect();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Array.from({ length: MOMENTS }, (_, index) => (index + 0.5) / MOMENTS))(
    'killed after %f of the apply: nothing is left',
    async (part) => {
      const { child, ended } = start();
      await sleep(milliseconds * part);
      child.kill('SIGKILL');
      await ended;
      await collect();
      expectSame(before, await snapshots(network()));
    },
  );
});
