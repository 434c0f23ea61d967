import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedSince } from '../../../src/diff/since.ts';
import type { Observed } from '../../../src/model/resource.ts';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { netloom, netloomOk } from '../support/cli.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { docOf, textOf } from '../support/topology.ts';

const doc = (userData: string): Topology =>
  docOf(`name: e2e-undo
physical_networks: { lan: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } } }
networks:
  net1: { physical_network: lan, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
instances:
  vm1: { node: n1, metadata: { user_data: ${JSON.stringify(userData)} }, ports: { eth0: { network: net1 } } }
routers:
  r1: { node: n1, interfaces: { sub1: {} } }
`);

ownLabs();

describe('undo', () => {
  const network = labOf(() => doc('#!/bin/sh\necho secret-of-the-first'), { trials: false });
  let folder: string;
  let file: string;
  const apply = (userData: string, more: Partial<Topology> = {}): Promise<string> => {
    writeFileSync(file, textOf({ ...doc(userData), ...more }));
    return netloomOk('apply', '--lab', '--yes', '--force', file);
  };
  /** What is the topology's. */
  const own = async (): Promise<readonly Observed[]> =>
    (await network().plan()).observed.filter(({ owner }) => owner === 'ours');
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-undo-'));
    file = path.join(folder, 'topology.yaml');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it(
    'leads back over several runs, with their secrets, and leaves what others did since',
    { timeout: 90_000 },
    async () => {
      await apply('#!/bin/sh\necho secret-of-the-first');
      const before = await own();
      await apply('#!/bin/sh\necho another-secret');
      await apply('#!/bin/sh\necho another-secret', { routers: {} });
      await network().in('n1', 'ip link add other type bridge && ip address add 192.0.2.1/24 dev other');
      expect((await netloom('undo', '--lab', '--yes', '--force', file, '2')).code).toBe(0);
      expect(changesOf(await network().plan())).toEqual([]);
      expect(changedSince(before, await own())).toEqual([]);
      await network().in('n1', 'grep -rq secret-of-the-first /run/netloom/e2e-undo && ip address show dev other');
      const history = await netloomOk('history', '--lab', file);
      expect(history).toMatch(
        /\n4 .* undo 2 +settled .*\n3 .* reverted by 4 .*\n2 .* reverted by 4 .*\n1 .* apply +settled /,
      );
    },
  );

  it('is refused by name where no file in the history has the secret', { timeout: 90_000 }, async () => {
    const [secret = ''] = (await network().in('n1', 'grep -rl secret-of-the-first /run/netloom/e2e-undo')).split('\n');
    await network().in('n1', `echo by hand >${secret}`);
    await apply('#!/bin/sh\necho secret-of-the-first');
    const { code, stderr } = await netloom('undo', '--lab', '--yes', file);
    expect(code).toBe(1);
    expect(stderr).toContain(`error[NLX44]: n1/-/file/${secret} held a secret before run 5`);
    expect(changesOf(await network().plan())).toEqual([]);
  });

  it('is reverted if it is not confirmed', { timeout: 90_000 }, async () => {
    await apply('#!/bin/sh\necho secret-of-the-first');
    const whole = await own();
    await apply('#!/bin/sh\necho secret-of-the-first', { routers: {} });
    const before = await own();
    const { code, stderr } = await netloom('undo', '--lab', '--yes', '--force', '--confirm', '1s', file);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('error[NLA33]');
    expect(changedSince(before, await own())).toEqual([]);
    await netloomOk('undo', '--lab', '--yes', '--force', file);
    expect(changedSince(whole, await own())).toEqual([]);
  });
});
