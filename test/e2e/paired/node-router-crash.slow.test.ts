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

/**
 * The changes by every restart of the lab's switch: a counter; and promiscuous NICs, which a killed switch leaves, and
 * the next one restores.
 */
const OF_THE_SWITCH = /lab-daemons="[^"]*"|"PROMISC",|"promiscuity":\d+,/g;

/** Returns the node's state, ours and its own, in an order independent of device creation. */
const PRINT_STATE = `{ for p in iptables ip6tables; do $p-save; done | grep -v '^#' | sed 's/\\[.*//'
ip route show table all; ip -6 route show table all
ip -o addr show | sed 's/^[0-9]*: //'; ip netns list | sed 's/ .*//'; ls /sys/class/net
for b in $(ovs-vsctl list-br); do ovs-vsctl list-ports $b; done
grep -sH '' /proc/sys/net/ipv4/conf/*/* /proc/sys/net/ipv4/ip_forward
find /run/netloom -type f ! -name leases; ip -o link show | grep -o 'alias .*'; } | sort`;

/** The number of moments of an apply and of a destroy that are tested, spread over its duration. */
const MOMENTS = 6;

ownLabs();

describe.skipIf(whyNoOvs() !== undefined)(
  'a router in the node’s own namespace, besides the node’s own configuration',
  () => {
    const network = labOf(() => withoutNamespaces('e2e-own-crash'), { trials: false });
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
      // Running scripts continue for a moment, and keep the lock until they end.
      await network().in(NODE, '[ ! -e /run/netloom.lock ] || flock -w 10 /run/netloom.lock true');
    };
    /** Checks everything that the router does. */
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

    it('is created, and after its deletion nothing is left', async () => {
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
      const whole = await network().in(NODE, PRINT_STATE);
      await network().in(
        NODE,
        `for d in ${daemons}; do kill -9 "$(cat /run/openvswitch/$d.pid)"; rm /run/openvswitch/$d.pid; done; sleep 0.2`,
      );
      await network().up();
      await heals();
      expect(difference(whole, await network().in(NODE, PRINT_STATE))).toEqual([]);
      await serves();
      await goes();
    });

    it.each([
      ['a device of the router', 'ip link del dev $(ls /sys/class/net | grep ^qr-)'],
      ['a port of it', 'ovs-vsctl del-port $(ls /sys/class/net | grep ^qg-)'],
      ['the bridge', 'ovs-vsctl del-br br-int'],
      ['all its rules in one table', 'iptables -t nat -F neutron-l3-agent-snat; iptables -t nat -F POSTROUTING'],
      ['all its files', 'rm -r /run/netloom/e2e-own-crash/metadata'],
      [
        'the marks of its ports',
        'for d in $(ls /sys/class/net | grep "^q[rg]-"); do ip link set dev $d alias ""; done',
      ],
    ])('%s: lost, and one apply heals', async (_, damage) => {
      await network().apply();
      const whole = await network().in(NODE, PRINT_STATE);
      await network().in(NODE, damage);
      await heals();
      if (damage.includes('POSTROUTING'))
        await network().in(NODE, 'iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -j MASQUERADE');
      expect(difference(whole, await network().in(NODE, PRINT_STATE))).toEqual([]);
      await serves();
      await goes();
    });

    it('another router replaces it, with its own proxy on the same port', async () => {
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
      'netloom is killed after %f of an apply: the next apply settles, and nothing else is left',
      async (part) => {
        await killed('apply', part);
        await heals();
        await goes();
      },
    );

    it.each(moments)('netloom is killed after %f of a destroy: the next destroy finishes it', async (part) => {
      await network().apply();
      await killed('destroy', part);
      await goes();
    });

    it('many applies, each killed a little later', async () => {
      for (const part of moments) await killed('apply', part);
      await heals();
      await serves();
      await goes();
    });
  },
);
