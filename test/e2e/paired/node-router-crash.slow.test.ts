import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoOvs } from '../../support/node.ts';
import { startNetloom } from '../support/cli.ts';
import { expectSame, works } from '../support/expectations.ts';
import { get } from '../support/metadata.ts';
import { changesOf } from '../support/network.ts';
import { NODE, PREPARE, SET_UP, withoutNamespaces } from '../support/own-namespace.ts';
import { difference, snapshots } from '../support/snapshot.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { textOf } from '../support/topology.ts';
import { asks } from '../support/traffic.ts';

/** Every start of the lab's switch has a number; and one that is killed leaves the NICs promiscuous, which the next one takes for their own way. */
const OF_THE_SWITCH = /lab-daemons="[^"]*"|"PROMISC",|"promiscuity":\d+,/g;

/** What stands, ours and the node's, whatever device came first. */
const STANDING = `{ for p in iptables ip6tables; do $p-save; done | grep -v '^#' | sed 's/\\[.*//'; ip route show table all; ip -6 route show table all
ip -o addr show | sed 's/^[0-9]*: //'; ip netns list | sed 's/ .*//'; ls /sys/class/net; for b in $(ovs-vsctl list-br); do ovs-vsctl list-ports $b; done
grep -sH '' /proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv4/ip_forward; find /run/netloom -type f ! -name leases; ip -o link show | grep -o 'alias .*'; } | sort`;

/** How many moments of an apply, and of a destroy, are tried; they are spread over all of its time. */
const MOMENTS = 6;

ownLabs();

describe.skipIf(whyNoOvs() !== undefined)('a router in the node’s own namespace, beside what is the node’s', () => {
  const network = labOf(() => withoutNamespaces('e2e-own-crash'), { trials: false });
  let folder = '';
  let before: Record<string, string> = {};
  const times = { apply: 0, destroy: 0 };

  const start = (verb: 'apply' | 'destroy'): ReturnType<typeof startNetloom> =>
    startNetloom([verb, '--yes', path.join(folder, 'topology.yaml')]);
  /** Starts a command and kills it when a part of its time is over. */
  const killed = async (verb: 'apply' | 'destroy', part: number): Promise<void> => {
    const { child, ended } = start(verb);
    await sleep(times[verb] * part);
    child.kill('SIGKILL');
    await ended;
    // What it had begun goes on for a moment, and keeps the lock so long.
    await network().in(NODE, '[ ! -e /run/netloom.lock ] || flock -w 10 /run/netloom.lock true');
  };
  /** All that the router is for. */
  const serves = async (): Promise<void> => {
    await works(network());
    expect(await asks(network(), 'outside', '203.0.113.21', 8080)).toBe('web sees 203.0.113.1');
    expect(await get(network(), 'web', '/latest/user-data')).toBe('200 hello');
  };
  const states = async (): Promise<Record<string, string>> => {
    const found = Object.entries(await snapshots(network()));
    return Object.fromEntries(found.map(([node, text]) => [node, text.replace(OF_THE_SWITCH, '')]));
  };
  const heals = async (): Promise<void> => {
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  const goes = async (): Promise<void> => {
    await network().destroy();
    expectSame(before, await states());
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'netloom-own-'));
    writeFileSync(path.join(folder, 'topology.yaml'), textOf(network().doc));
    await network().in(NODE, `${PREPARE}\n${SET_UP}`);
    before = await states();
    for (const verb of ['apply', 'destroy'] as const) {
      const begin = performance.now();
      expect((await start(verb).ended).code).toBe(0);
      times[verb] = performance.now() - begin;
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('stands, and goes without a trace', async () => {
    await heals();
    await serves();
    await goes();
  });

  it.each([
    ['ovs-vswitchd is killed', 'ovs-vswitchd'],
    ['ovsdb-server is killed', 'ovsdb-server'],
    ['both are killed', 'ovs-vswitchd ovsdb-server'],
  ])('%s and started again: one apply heals', async (_, daemons) => {
    await network().apply();
    const whole = await network().in(NODE, STANDING);
    await network().in(
      NODE,
      `for d in ${daemons}; do kill -9 "$(cat /run/openvswitch/$d.pid)"; rm /run/openvswitch/$d.pid; done; sleep 0.2`,
    );
    await network().up();
    await heals();
    expect(difference(whole, await network().in(NODE, STANDING))).toEqual([]);
    await serves();
    await goes();
  });

  it.each([
    ['a device of the router', 'ip link del dev $(ls /sys/class/net | grep ^qr-)'],
    ['a port of it', 'ovs-vsctl del-port $(ls /sys/class/net | grep ^qg-)'],
    ['the bridge', 'ovs-vsctl del-br br-int'],
    ['all its rules in one table', 'iptables -t nat -F neutron-l3-agent-snat; iptables -t nat -F POSTROUTING'],
    ['all its files', 'rm -r /run/netloom/e2e-own-crash/metadata'],
    ['the marks of its ports', 'for d in $(ls /sys/class/net | grep "^q[rg]-"); do ip link set dev $d alias ""; done'],
  ])('%s: lost, and one apply heals', async (_, damage) => {
    await network().apply();
    const whole = await network().in(NODE, STANDING);
    await network().in(NODE, damage);
    await heals();
    if (damage.includes('POSTROUTING'))
      await network().in(NODE, 'iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE');
    expect(difference(whole, await network().in(NODE, STANDING))).toEqual([]);
    await serves();
    await goes();
  });

  it('another router takes its place, with a proxy of its own on the same port', async () => {
    await network().apply();
    await network().edit((doc) => {
      doc.routers = { other: doc.routers!['router1']! };
    });
    await heals();
    await serves();
    await network().edit((doc) => {
      doc.routers = { router1: doc.routers!['other']! };
    });
    await heals();
    await goes();
  });

  const moments = Array.from({ length: MOMENTS }, (_, index) => (index + 0.5) / MOMENTS);

  it.each(moments)(
    'netloom is killed after %f of an apply: the next one settles, and nothing is left over',
    async (part) => {
      await killed('apply', part);
      await heals();
      await goes();
    },
  );

  it.each(moments)('netloom is killed after %f of a destroy: the next one ends it', async (part) => {
    await network().apply();
    await killed('destroy', part);
    await goes();
  });

  it('many applies, each killed a little later, without a look in between', async () => {
    for (const part of moments) await killed('apply', part);
    await heals();
    await serves();
    await goes();
  });
});
