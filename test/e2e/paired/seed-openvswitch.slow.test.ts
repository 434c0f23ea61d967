import { kindWord } from '../../../src/model/resource.ts';
import { readFileSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { whyNoOvs } from '../../support/node.ts';
import { sortedSaveText } from '../../support/iptables-text.ts';
import { works } from '../support/expectations.ts';
import { namespaces, routes } from '../support/listings.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';

/*
 * The published L3 agent of Grizzly on Open vSwitch: the output of its node, and its loop of changes. The kernel and
 * the switch of this host must show the same; the rules are those of test/golden/grizzly, typed from the publication.
 */
const ROUTER = 'qrouter-afabf77d-ffe4-4ab2-a635-8ad33d58f967';
const DHCP = 'qdhcp-c4d8b48b-6ff7-43b6-a203-8f1192a16f07';
const INTERNAL = 'qr-aff7e122-3b';
const EXTERNAL = 'qg-282f4d8c-81';
const RULES = readFileSync(new URL('../../golden/grizzly/router.iptables-save.txt', import.meta.url), 'utf8');

beforeEach((context) => {
  const lacking = whyNoOvs();
  context.skip(lacking !== undefined, lacking ?? '');
});

ownLabs();

describe('the published L3 agent on Open vSwitch', () => {
  const network = labOf(() => example('e2e-seed-ovs', 'openvswitch-grizzly.yaml'));
  const node = (script: string): Promise<string> => network().in('openstack', script);
  const inRouter = (command: string): Promise<string> => node(`ip netns exec ${ROUTER} ${command}`);
  const ofPort = async (port: string, column: string): Promise<string> =>
    (await node(`ovs-vsctl --timeout=5 get Interface ${port} ${column}`)).trim();
  const addressesOf = async (device: string): Promise<string[]> =>
    (await inRouter(`ip -4 -o address show dev ${device}`))
      .trim()
      .split('\n')
      .map((line) => / inet (\S+) brd (\S+)/.exec(line)?.slice(1).join(' brd ') ?? line);

  beforeAll(async () => {
    await network().apply();
  });

  it('ip netns', async () => {
    expect(namespaces(await node('ip netns'))).toEqual([DHCP, ROUTER]);
  });

  it('ip -o link show br-int is down, br-ex is up', async () => {
    expect(await node('ip -o link show br-int')).toMatch(/<BROADCAST,MULTICAST\S*> .* state DOWN /);
    expect(await node('ip -o link show br-ex')).toMatch(/<BROADCAST,MULTICAST\S*,UP,LOWER_UP> /);
  });

  it.each([
    [INTERNAL, 'br-int', 'aff7e122-3b0c-4c7b-8e22-dbe63a84dfd6', 'fa:16:3e:50:1d:0d'],
    [EXTERNAL, 'br-ex', '282f4d8c-8123-4260-ada2-4c7dd2dbe824', 'fa:16:3e:d7:9f:87'],
  ])('%s is a port of %s, with the ids of the agent, and a device of the router', async (port, bridge, id, mac) => {
    expect(await node(`ovs-vsctl --timeout=5 iface-to-br ${port}`)).toBe(`${bridge}\n`);
    expect(await ofPort(port, 'type')).toBe('internal');
    expect(await ofPort(port, 'external_ids:iface-id')).toBe(`"${id}"`);
    expect(await ofPort(port, 'external_ids:iface-status')).toBe('active');
    expect(await ofPort(port, 'external_ids:attached-mac')).toBe(`"${mac}"`);
    expect(await inRouter(`ip -o link show ${port}`)).toMatch(
      new RegExp(`,UP,LOWER_UP> mtu 1500 .*link/ether ${mac} `),
    );
    expect(await network().try('openstack', `ip link show ${port}`)).toMatchObject({ code: 1 });
  });

  it('the router’s addresses and its default route', async () => {
    expect(await addressesOf(INTERNAL)).toEqual(['10.1.1.1/24 brd 10.1.1.255']);
    expect((await addressesOf(EXTERNAL)).sort()).toEqual([
      '182.168.61.249/24 brd 182.168.61.255',
      '182.168.61.250/32 brd 182.168.61.250',
      '182.168.61.251/32 brd 182.168.61.251',
    ]);
    expect(routes(await inRouter('route -n'))[0]).toBe(`default 182.168.61.1 0.0.0.0 UG 0 0 0 ${EXTERNAL}`);
  });

  it('iptables-save: these two tables, rule by rule, and no other', async () => {
    const saved = (await inRouter('iptables-save'))
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.replace(/\[\d+:\d+\]/, '[0:0]'))
      .join('\n');
    expect(sortedSaveText(saved)).toBe(sortedSaveText(RULES));
    expect(await inRouter('ip6tables-save')).not.toMatch(/quantum|neutron/);
  });

  it('the expectations hold, and a second apply has nothing to do', async () => {
    await works(network());
    expect(changesOf(await network().plan())).toEqual([]);
  });

  describe('the loop', () => {
    /** The file of derived values lists the floating IPs. */
    const HELD = 'update file /run/netloom/e2e-seed-ovs/held';

    /** Returns the kinds of objects that a change of the file changes. */
    const touched = async (): Promise<string[]> =>
      (await network().plan()).plan.changes.map(({ action, kind, name }) => `${action} ${kindWord(kind)} ${name}`);

    it.each([
      ['the first floating IP is deleted', 'myvm-public', '182.168.61.251'],
      ['the second floating IP is deleted', 'another-public', '182.168.61.250'],
    ])('floating IPs, one by one: %s', async (_what, name, address) => {
      await network().edit((doc) => {
        delete doc.expect;
        const others = Object.entries(doc.floating_ips!).filter(([other]) => other !== name);
        doc.floating_ips = Object.fromEntries(others);
      });
      const changes = await touched();
      const isRule = (line: string): boolean =>
        /^update chain 4\/nat\/quantum-l3-agent-(?:OUTPUT|PREROUTING|float-snat)$/.test(line);
      expect(changes.filter((line) => !isRule(line)).sort()).toEqual([
        `delete address ${address}/32%${EXTERNAL}`,
        HELD,
      ]);
      await network().apply();
      expect(await inRouter('iptables-save -t nat')).not.toContain(address);
      expect(await touched()).toEqual([]);
    });

    it('both floating IPs are added again in another order', async () => {
      for (const [name, address, instance] of [
        ['another-public', '182.168.61.250', 'another'],
        ['myvm-public', '182.168.61.251', 'myvm'],
      ] as const) {
        await network().edit((doc) => {
          doc.floating_ips![name] = { floating_network: 'external_net1', floating_ip_address: address, instance };
        });
        await network().apply();
        expect((await addressesOf(EXTERNAL)).join()).toContain(`${address}/32`);
        expect(await network().in('gateway', `ping -n -c 1 -W 2 ${address}`)).toContain(' 0% packet loss');
      }
      expect(await touched()).toEqual([]);
    });

    it('a deleted router loses its devices on br-int and br-ex, and its namespace; foreign ones stay', async () => {
      await node(`set -e; ip netns add qrouter-theirs
        ovs-vsctl --timeout=5 -- add-port br-int qr-theirs -- set Interface qr-theirs type=internal
        ip link set dev qr-theirs netns qrouter-theirs`);
      await network().edit((doc) => {
        delete doc.floating_ips;
        delete doc.routers;
      });
      await network().apply();
      expect(namespaces(await node('ip netns'))).toEqual([DHCP, 'qrouter-theirs']);
      const ports = await node(
        'for bridge in $(ovs-vsctl --timeout=5 list-br); do ovs-vsctl --timeout=5 list-ports "$bridge"; done',
      );
      expect(ports).not.toMatch(/qr-aff7e122|qg-282f4d8c/);
      expect(ports).toContain('qr-theirs');
      expect(await node('ip -n qrouter-theirs link show qr-theirs')).toContain('qr-theirs');
      expect(await touched()).toEqual([]);
    });
  });
});
