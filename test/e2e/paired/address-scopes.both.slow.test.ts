import { expect, it } from 'vitest';
import { works } from '../support/expectations.ts';
import { changesOf } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';
import { asks } from '../support/traffic.ts';

const OUTSIDE = '203.0.113.1';

ownLabs();

const network = labOf(() => example('e2e-scopes', 'address-scopes.yaml'));

const become: ReturnType<typeof network>['edit'] = async (change) => {
  await network().edit(change);
  await network().apply();
  expect(changesOf(await network().plan())).toEqual([]);
};

it('a subnet changes to the external network’s address scope and back', async () => {
  await become(() => undefined);
  await works(network());
  await become((doc) => {
    doc.networks!['blue']!.subnets!['blue-subnet']!.address_scope = 'public';
  });
  expect(await asks(network(), 'red1', '10.2.0.11', 22)).toBe('blue1 sees 10.1.0.11');
  expect(await asks(network(), 'blue1', OUTSIDE, 80)).toBe('outside sees 10.2.0.11');
  expect(await asks(network(), 'outside', '203.0.113.22', 22)).toBe('blue2 sees 203.0.113.1');
  await expect(network()).toGetNoAnswer('green1', '10.2.0.11');
  await become((doc) => {
    doc.networks!['blue']!.subnets!['blue-subnet']!.address_scope = 'private';
  });
  await works(network());
});

it('without source NAT only the external network’s scope and floating IPs reach the outside', async () => {
  await become((doc) => {
    doc.routers!['router']!.external_gateway!.enable_snat = false;
  });
  expect(await asks(network(), 'red1', OUTSIDE, 80)).toBe('outside sees 10.1.0.11');
  expect(await asks(network(), 'blue1', OUTSIDE, 80)).toBeUndefined();
  expect(await asks(network(), 'blue2', OUTSIDE, 80)).toBe('outside sees 203.0.113.22');
  expect(await asks(network(), 'outside', '203.0.113.22', 22)).toBe('blue2 sees 203.0.113.1');
});
