import { beforeAll, describe, expect, it } from 'vitest';
import { works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { asks } from '../support/traffic.ts';

const OUTSIDE = '203.0.113.1';

ownLabs();

describe('the routers of the example, changed one after the other', () => {
  const network = labOf(() => example('e2e-routers', 'routers.yaml'));

  /** Applies the changed file; a second plan must be empty. */
  const become: ReturnType<typeof network>['edit'] = async (change) => {
    await network().edit(change);
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  };
  const routesOf = async (router: string, words = ''): Promise<string[]> => {
    const { node, netns } = network().resolved.routers.get(router)!;
    const text = await network().in(node, `ip -n ${netns} route show ${words}`);
    return text
      .split('\n')
      .map((line) => line.trim().replace(/\s+/g, ' '))
      .filter((line) => line !== '');
  };

  beforeAll(async () => {
    await become(() => undefined);
    await works(network());
  });

  it('a route with two next hops is one kernel route, with Neutron’s protocol', async () => {
    const { device } = network().resolved.routers.get('main')!.interfaces[1]!;
    expect(await routesOf('main', '10.3.0.0/24')).toEqual([
      '10.3.0.0/24 proto static',
      `nexthop via 10.2.0.251 dev ${device} weight 1`,
      `nexthop via 10.2.0.252 dev ${device} weight 1`,
    ]);
  });

  it('one of the two next hops is deleted atomically, and added again', async () => {
    const { device } = network().resolved.routers.get('main')!.interfaces[1]!;
    const [, second] = network().doc.routers!['main']!.routes!;
    await network().edit((doc) => doc.routers!['main']!.routes!.pop());
    expect((await network().plan()).plan.changes.map(({ action, fields }) => [action, fields.length])).toEqual([
      ['update', 1],
    ]);
    await become(() => undefined);
    expect(await routesOf('main', '10.3.0.0/24')).toEqual([`10.3.0.0/24 via 10.2.0.251 dev ${device} proto static`]);
    await works(network());
    await become((doc) => doc.routers!['main']!.routes!.push(second!));
    await works(network());
  });

  it('a router that was a next hop is deleted with its interfaces', async () => {
    const { right } = network().doc.routers!;
    await become((doc) => {
      doc.routers!['main']!.routes!.pop();
      delete doc.routers!['right'];
    });
    await works(network());
    await become((doc) => {
      doc.routers!['right'] = right!;
      doc.routers!['main']!.routes!.push({ destination: '10.3.0.0/24', nexthop: '10.2.0.252' });
    });
    await works(network());
  });

  it('the gateway has an address of each external subnet, and the default route of the last one', async () => {
    const { device } = network().resolved.routers.get('main')!.gateway!;
    expect(await routesOf('main', 'default')).toEqual([`default via 198.51.100.1 dev ${device} proto static`]);
    await become((doc) => (doc.routers!['main']!.external_gateway!.fixed_ips = ['198.51.100.10', '203.0.113.10']));
    expect(await routesOf('main', 'default')).toEqual([`default via 203.0.113.1 dev ${device} proto static`]);
    expect(await asks(network(), 'red1', OUTSIDE, 80)).toBe('outside sees 198.51.100.10');
    await become((doc) => (doc.routers!['main']!.external_gateway!.fixed_ips = ['203.0.113.10']));
    expect(await routesOf('main', '198.51.100.0/24')).toEqual([
      `198.51.100.0/24 dev ${device} proto static scope link`,
    ]);
    expect(await asks(network(), 'red1', OUTSIDE, 80)).toBe('outside sees 203.0.113.10');
    await become((doc) => (doc.routers!['main']!.external_gateway!.fixed_ips = ['203.0.113.10', '198.51.100.10']));
    await works(network());
  });

  it('the file chooses the address of source NAT and the subnet of the default route', async () => {
    const { device } = network().resolved.routers.get('main')!.gateway!;
    const choose = (snat: string | undefined, subnet: string | undefined): Promise<void> =>
      become((doc) => {
        const { snat_ip_address: _, default_route_subnet: __, ...gateway } = doc.routers!['main']!.external_gateway!;
        doc.routers!['main']!.external_gateway = {
          ...gateway,
          ...(snat !== undefined && { snat_ip_address: snat }),
          ...(subnet !== undefined && { default_route_subnet: subnet }),
        };
      });
    await choose('198.51.100.10', 'first');
    expect(await routesOf('main', 'default')).toEqual([`default via 203.0.113.1 dev ${device} proto static`]);
    expect(await asks(network(), 'red1', OUTSIDE, 80)).toBe('outside sees 198.51.100.10');
    // A subnet in which the gateway has no address.
    await become((doc) => {
      const gateway = doc.routers!['plain']!.external_gateway!;
      doc.routers!['plain']!.external_gateway = { ...gateway, enable_snat: true, default_route_subnet: 'second' };
      doc.hosts!['outside']!.nics!['eth0']!.addresses!.push('192.0.2.80/32');
    });
    const { device: plain } = network().resolved.routers.get('plain')!.gateway!;
    expect(await routesOf('plain', 'default')).toEqual([`default via 198.51.100.1 dev ${plain} proto static`]);
    expect(await asks(network(), 'twin1', '192.0.2.80', 80)).toBe('outside sees 203.0.113.20');
    await become((doc) => Object.assign(doc, example('e2e-routers', 'routers.yaml')));
    expect(await routesOf('main', 'default')).toEqual([`default via 198.51.100.1 dev ${device} proto static`]);
    expect(await asks(network(), 'red1', OUTSIDE, 80)).toBe('outside sees 203.0.113.10');
  });

  it('source NAT is turned off and on', async () => {
    await become((doc) => (doc.routers!['plain']!.external_gateway!.enable_snat = true));
    expect(await asks(network(), 'twin1', OUTSIDE, 80)).toBe('outside sees 203.0.113.20');
    await become((doc) => (doc.routers!['plain']!.external_gateway!.enable_snat = false));
    expect(await asks(network(), 'twin1', OUTSIDE, 80)).toBe('outside sees 10.1.0.11');
  });

  it('a gateway outside its subnet stays the default route through other changes', async () => {
    await become((doc) => {
      doc.networks!['external']!.subnets!['first']!.gateway_ip = '192.0.2.1';
      doc.hosts!['outside']!.nics!['eth0']!.addresses!.push('192.0.2.1/32');
    });
    const { device } = network().resolved.routers.get('plain')!.gateway!;
    const routes = ['192.0.2.1 dev', 'default via 192.0.2.1 dev'].map((route) => `${route} ${device} proto static`);
    const expected = [routes[1]!, `${routes[0]!} scope link`];
    const found = async (): Promise<string[]> => [
      ...(await routesOf('plain', 'default')),
      ...(await routesOf('plain', '192.0.2.1')),
    ];
    expect(await found()).toEqual(expected);
    await expect(network()).toPing('twin1', '192.0.2.1');
    await become((doc) => {
      doc.routers!['plain']!.external_gateway!.enable_snat = true;
      doc.floating_ips!['twin1-public'] = {
        floating_network: 'external',
        floating_ip_address: '203.0.113.41',
        instance: 'twin1',
      };
    });
    expect(await found()).toEqual(expected);
    expect(await asks(network(), 'twin1', '192.0.2.1', 80)).toBe('outside sees 203.0.113.41');
    await become((doc) => (doc.routers!['plain']!.external_gateway!.fixed_ip_address = '203.0.113.77'));
    expect(await found()).toEqual(expected);
    await become((doc) => {
      Object.assign(doc, example('e2e-routers', 'routers.yaml'));
    });
    await works(network());
  });

  it('a gateway is deleted and added again, while the subnets still reach each other', async () => {
    const { external_gateway: gateway } = network().doc.routers!['main']!;
    const { floating_ips: floating } = network().doc;
    await become((doc) => {
      delete doc.routers!['main']!.external_gateway;
      delete doc.floating_ips;
    });
    expect(await routesOf('main', 'default')).toEqual([]);
    expect(await asks(network(), 'red1', '10.2.0.11', 22)).toBe('blue1 sees 10.1.0.11');
    expect(await asks(network(), 'red1', OUTSIDE, 80)).toBeUndefined();
    await become((doc) => {
      doc.routers!['main']!.external_gateway = gateway!;
      doc.floating_ips = floating!;
    });
    await works(network());
  });
});
