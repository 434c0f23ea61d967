import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FloatingIp } from '../../src/topology/types.gen.ts';
import { labOf, ownLabs, until } from './support/suite.ts';
import { example } from './support/topology.ts';
import { allBound, asks, dhcpClient, echoesSeen, echoSources, guestView, pings, renew } from './support/traffic.ts';

const OUTSIDE = '11.11.11.111';
const FLOATING = '11.11.11.11';
const PUBLIC: Record<string, FloatingIp> = {
  'test1-public': { floating_network: 'external', floating_ip_address: FLOATING, instance: 'test1' },
};

ownLabs();

describe('traffic through the published network', () => {
  const network = labOf(() => {
    const doc = example('e2e-pings');
    delete doc.floating_ips;
    delete doc.expect;
    doc.instances!['test2']!.listen = [22];
    return doc;
  });
  const edit: ReturnType<typeof network>['edit'] = async (change) => {
    await network().edit(change);
    await network().apply();
  };

  describe('without a floating IP', () => {
    beforeAll(async () => {
      await network().apply();
      await allBound(network());
    });

    it('test1 reaches test2 on its node, test3 across nodes, and its gateway', async () => {
      await expect(network()).toPing('test1', '10.10.10.12');
      await expect(network()).toPing('test1', '10.10.10.16');
      await expect(network()).toPing('test1', '10.10.10.1');
    });

    it('test1 reaches the outside, which sees the router', async () => {
      await expect(network()).toPing('test1', OUTSIDE);
      const sources = await echoSources(network(), 'outside', 2, () =>
        pings(network(), 'test1', OUTSIDE).then(() => pings(network(), 'test3', OUTSIDE)),
      );
      expect(sources).toEqual(['11.11.11.10', '11.11.11.10']);
      expect(await asks(network(), 'test1', OUTSIDE, 80)).toBe('outside sees 11.11.11.10');
    });

    it('the outside reaches no instance', async () => {
      await expect(network()).toGetNoAnswer('outside', FLOATING);
      await expect(network()).toGetNoAnswer('outside', '10.10.10.11');
      expect(await asks(network(), 'outside', FLOATING, 22)).toBeUndefined();
    });
  });

  describe('with a floating IP', () => {
    beforeAll(() => edit((doc) => (doc.floating_ips = structuredClone(PUBLIC))));

    it('the outside reaches test1 by ping and on port 22', async () => {
      await expect(network()).toPing('outside', FLOATING, 1);
      expect(await asks(network(), 'outside', FLOATING, 22)).toBe('test1 sees 11.11.11.111');
    });

    it('test1 is seen as its floating IP, the others still as the router', async () => {
      const sources = await echoSources(network(), 'outside', 1, () => pings(network(), 'test1', OUTSIDE));
      expect(sources).toEqual([FLOATING]);
      expect(await asks(network(), 'test1', OUTSIDE, 80)).toBe(`outside sees ${FLOATING}`);
      expect(await asks(network(), 'test2', OUTSIDE, 80)).toBe('outside sees 11.11.11.10');
    });

    it('an instance reaches another by its floating IP', async () => {
      expect(await asks(network(), 'test3', FLOATING, 22)).toMatch(/^test1 sees /);
    });

    it('moved during a flow: packets after the move reach test2', async () => {
      // One flow with one ICMP id, as of a terminal left open.
      const flow = network().try('outside', `ping -n -i 0.2 -c 18 ${FLOATING} | grep -c 'bytes from'`);
      await until(
        () => echoesSeen(network(), 'test1'),
        (count) => count > 3,
      );
      await edit((doc) => (doc.floating_ips!['test1-public']!.instance = 'test2'));
      const [at1, at2] = [await echoesSeen(network(), 'test1'), await echoesSeen(network(), 'test2')];
      await flow;
      expect(await echoesSeen(network(), 'test1')).toBe(at1);
      expect(await echoesSeen(network(), 'test2')).toBeGreaterThan(at2 + 3);
      expect(await asks(network(), 'outside', FLOATING, 22)).toBe('test2 sees 11.11.11.111');
      expect(await asks(network(), 'test1', OUTSIDE, 80)).toBe('outside sees 11.11.11.10');
    });

    it('deleted during a flow: the answers stop', async () => {
      const flow = network().try('outside', `ping -n -i 0.2 -c 12 ${FLOATING}`);
      await until(
        () => echoesSeen(network(), 'test2'),
        (count) => count > 3,
      );
      await edit((doc) => delete doc.floating_ips);
      const before = await echoesSeen(network(), 'test2');
      await flow;
      expect(await echoesSeen(network(), 'test2')).toBe(before);
      await expect(network()).toGetNoAnswer('outside', FLOATING);
      expect(await asks(network(), 'outside', FLOATING, 22)).toBeUndefined();
      expect(await asks(network(), 'test2', OUTSIDE, 80)).toBe('outside sees 11.11.11.10');
    });
  });

  describe('DHCP', () => {
    const subnet = (doc: ReturnType<typeof example>): Record<string, unknown> =>
      doc.networks!['flat1']!.subnets!['flat1-subnet']! as never;

    it('gives an instance its address, gateway, name server and MTU', async () => {
      expect(await guestView(network(), 'test1')).toEqual({
        address: '10.10.10.11/24',
        // The second route leads to the metadata service; Neutron's DHCP agent announces it too.
        routes: ['169.254.169.254 via 10.10.10.1 dev eth0', 'default via 10.10.10.1 dev eth0'],
        dns: ['nameserver 8.8.8.8'],
        mtu: '1500',
      });
    });

    it('gives changed values to a client that renews its lease', async () => {
      await edit((doc) => {
        Object.assign(subnet(doc), {
          dns_nameservers: ['9.9.9.9', '1.1.1.1'],
          host_routes: [{ destination: '172.20.0.0/16', nexthop: '10.10.10.77' }],
        });
        doc.networks!['flat1']!.mtu = 1450;
      });
      await renew(network(), 'test1');
      const expected = {
        address: '10.10.10.11/24',
        routes: [
          '169.254.169.254 via 10.10.10.1 dev eth0',
          '172.20.0.0/16 via 10.10.10.77 dev eth0',
          'default via 10.10.10.1 dev eth0',
        ],
        dns: ['nameserver 9.9.9.9', 'nameserver 1.1.1.1'],
        mtu: '1450',
      };
      await until(
        () => guestView(network(), 'test1'),
        (seen) => isDeepStrictEqual(seen, expected),
      );
    });

    it('gives a new instance the same values', async () => {
      await edit((doc) => {
        doc.instances!['test4'] = {
          node: 'compute2',
          attach: 'lab',
          ports: { eth0: { network: 'flat1', fixed_ip_address: '10.10.10.44' } },
        };
      });
      const seen = await until(
        () => guestView(network(), 'test4'),
        ({ dns }) => dns.length === 2,
        15_000,
      );
      expect(seen).toMatchObject({
        address: '10.10.10.44/24',
        dns: ['nameserver 9.9.9.9', 'nameserver 1.1.1.1'],
        mtu: '1450',
      });
      await expect(network()).toPing('test1', '10.10.10.44');
    });

    it('a deleted instance leaves no tap, and the others are not interrupted', async () => {
      const tap = network().resolved.instances.get('test4')!.ports[0]!.tap;
      const client = await dhcpClient(network(), 'test1');
      expect(await network().in('compute2', 'ls /sys/class/net')).toContain(tap);
      await edit((doc) => delete doc.instances!['test4']);
      expect(await network().in('compute2', 'ls /sys/class/net')).not.toContain(tap);
      await expect(network()).toGetNoAnswer('test1', '10.10.10.44');
      expect(await dhcpClient(network(), 'test1')).toBe(client);
      await expect(network()).toPing('test1', '10.10.10.16', 1);
    });
  });
});
