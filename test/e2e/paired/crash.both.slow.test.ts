import { kindWord } from '../../../src/model/resource.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VethSpec } from '../../../src/kinds/veth/spec.ts';
import { startNetloom } from '../support/cli.ts';
import { expectSame, works } from '../support/expectations.ts';
import { changesOf, type Network } from '../support/network.ts';
import { installNetloom, netloomOn } from '../support/program.ts';
import { snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example, textOf } from '../support/topology.ts';

/** The number of moments of an apply and of a destroy that are tested, spread over its duration. */
const MOMENTS = 12;

ownLabs();

describe('netloom killed during a command', () => {
  const network = labOf(() => example('e2e-crash'), { trials: false });
  let folder = '';
  let before: Record<string, string> = {};
  const times = { apply: 0, destroy: 0 };

  const start = (verb: 'apply' | 'destroy'): ReturnType<typeof startNetloom> =>
    startNetloom([verb, '--yes', path.join(folder, 'topology.yaml')]);
  /** Starts a command and kills it after a share of its duration. */
  const killed = async (verb: 'apply' | 'destroy', part: number): Promise<void> => {
    const { child, ended } = start(verb);
    await sleep(times[verb] * part);
    child.kill('SIGKILL');
    await ended;
    // Running scripts on the nodes continue for a moment, and keep the lock until they end.
    for (const node of network().resolved.nodes.keys())
      await network().in(node, '[ ! -e /run/netloom.lock ] || flock -w 10 /run/netloom.lock true');
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-crash-'));
    writeFileSync(path.join(folder, 'topology.yaml'), textOf(network().doc));
    await installNetloom(network());
    before = await snapshots(network());
    for (const verb of ['apply', 'destroy'] as const) {
      const begin = performance.now();
      expect((await start(verb).ended).code).toBe(0);
      times[verb] = performance.now() - begin;
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const moments = Array.from({ length: MOMENTS }, (_, index) => (index + 0.5) / MOMENTS);

  it.each(moments)('after %f of an apply: the next apply settles, and nothing else is left', async (part) => {
    await killed('apply', part);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    expect(await tapsOf(network())).toEqual(desiredTaps(network()));
    await network().destroy();
    expectSame(before, await snapshots(network()));
  });

  it.each(moments)('after %f of a destroy: the next destroy finishes it', async (part) => {
    await network().apply();
    await killed('destroy', part);
    await network().destroy();
    expectSame(before, await snapshots(network()));
  });

  it.each(moments.filter((_, index) => index % 2 === 1))(
    'after %f of an apply: gc on each node deletes everything without the file',
    async (part) => {
      await killed('apply', part);
      for (const node of network().resolved.nodes.keys()) {
        const { code, stdout, stderr } = await netloomOn(network(), node, 'gc', '--yes', '--topology', 'e2e-crash');
        expect(code, `on ${node}: ${stdout}${stderr}`).toBe(0);
      }
      expectSame(before, await snapshots(network()));
    },
  );

  it('after many applies, each killed a little later', async () => {
    for (const part of moments) await killed('apply', part);
    await network().apply();
    expect(await tapsOf(network())).toEqual(desiredTaps(network()));
    await works(network());
    await network().destroy();
    expectSame(before, await snapshots(network()));
  });

  it('after a veth pair was created and before its tap moved out', async () => {
    await network().apply();
    const { netns, device, tap } = network().resolved.instances.get('test3')!.ports[0]!;
    const inside = `nsenter --net=${netns ?? ''}`;
    await network().in(
      'compute2',
      `ip link del dev ${tap}
      ${inside} ip link add name ${device} type veth peer name ${tap}
      for name in ${device} ${tap}; do ${inside} ip link set dev $name alias netloom:e2e-crash; done`,
    );
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
    await works(network());
    await network().destroy();
    expectSame(before, await snapshots(network()));
  });
});

async function tapsOf(network: Network): Promise<string[]> {
  const nodes = [...network.resolved.nodes.keys()];
  const lists = await Promise.all(nodes.map(async (node) => (await network.in(node, 'ls /sys/class/net')).split('\n')));
  return nodes
    .flatMap((node, index) =>
      (lists[index] ?? []).filter((name) => /^(?:tap|ns-|q[rg]-)/.test(name)).map((name) => `${node} ${name}`),
    )
    .sort();
}

function desiredTaps({ graph }: Network): string[] {
  const veths = [...graph.resources.values()].filter(({ kind }) => kindWord(kind) === 'veth');
  return veths.map(({ node, spec }) => `${node} ${(spec as VethSpec).tap.name}`).sort();
}
