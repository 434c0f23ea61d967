import { beforeEach, describe, expect, it } from 'vitest';
import type { MechanismName } from '../../src/topology/defaults.ts';
import { works } from './support/expectations.ts';
import { changesOf } from './support/network.ts';
import { labOf, ownLabs } from './support/suite.ts';
import { whyNoOvs } from '../support/node.ts';
import { example } from './support/topology.ts';
import { allBound } from './support/traffic.ts';

/** The interval of echo requests in milliseconds: the unit of a gap. */
const STEP_MS = 20;

/** The longest gap allowed for a change of mechanism, which recreates all of a node's devices. */
const LONGEST_GAP_MS = 5_000;

beforeEach((context) => {
  const lacking = whyNoOvs();
  context.skip(lacking !== undefined, lacking ?? '');
});

ownLabs();

describe('a node changes its mechanism', () => {
  const network = labOf(() => example('e2e-mechanism'));

  /** Returns the longest time without an answer from a floating IP while an action ran. */
  async function gapDuring(work: () => Promise<unknown>): Promise<number> {
    const pinging = network().try(
      'outside',
      `ping -n -D -i ${String(STEP_MS / 1000)} 11.11.11.11 >/tmp/pings & echo $! >/tmp/ping.pid; wait; :`,
      120_000,
    );
    await work();
    await network().in('outside', 'sleep 1; kill -INT "$(cat /tmp/ping.pid)"');
    await pinging;
    const answers = await network().in(
      'outside',
      "sed -n 's/^\\[\\([0-9.]*\\)\\].*icmp_seq.*time=.*/\\1/p' /tmp/pings",
    );
    const times = answers.trim().split('\n').map(Number);
    expect(times.length).toBeGreaterThan(10);
    return Math.max(...times.slice(1).map((time, i) => (time - times[i]!) * 1000));
  }

  async function carryBy(mechanism: MechanismName, ...nodes: readonly string[]): Promise<void> {
    await network().edit((doc) => {
      for (const node of nodes) doc.nodes![node]!.mechanism = mechanism;
    });
    const changes = changesOf(await network().plan());
    expect(changes).toContainEqual(expect.stringMatching(`^create ${nodes[0]!}/`));
    // The other nodes do not change.
    expect(changes.filter((line) => !nodes.some((node) => line.includes(` ${node}/`)))).toEqual([]);
    const gap = await gapDuring(() => network().apply());
    process.stdout.write(`${nodes.join(', ')} to ${mechanism}: ${gap.toFixed(0)} ms without an answer\n`);
    expect(gap).toBeLessThan(LONGEST_GAP_MS);
    expect(changesOf(await network().plan())).toEqual([]);
    await allBound(network());
    await works(network());
  }

  it('the network comes up on Linux bridges', async () => {
    await network().apply();
    await allBound(network());
    await works(network());
  });

  it('the network node changes to Open vSwitch, and no Linux bridge is left there', async () => {
    await carryBy('openvswitch', 'controller');
    expect(await network().in('controller', 'ls /sys/class/net; ip -br link show type bridge')).not.toMatch(/brq/);
  });

  it('the compute nodes change to Open vSwitch', async () => {
    await carryBy('openvswitch', 'compute1', 'compute2');
    expect(await network().in('compute1', 'ls /sys/class/net')).not.toMatch(/brq/);
  });

  it('all nodes change back, and no bridge is left in Open vSwitch', async () => {
    await carryBy('linuxbridge', 'controller', 'compute1', 'compute2');
    for (const node of ['controller', 'compute1', 'compute2']) {
      expect(await network().in(node, 'ovs-vsctl --timeout=5 list-br')).toBe('');
    }
  });
});
