import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../src/model/diagnostic.ts';
import { findPlace } from '../../src/session/capture/find.ts';
import { capturePlaces } from '../../src/session/capture/places.ts';
import { compiled, validTopology } from '../support/compiled.ts';

const TEXT = `name: demo
physical_networks: { wire: {}, outside: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outside } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
networks:
  private: { physical_network: wire, subnets: { a: { cidr: 10.0.0.0/24 } } }
  public:
    physical_network: outside
    external: true
    subnets: { b: { cidr: 192.0.2.0/24, enable_dhcp: false } }
routers:
  r1: { node: n1, external_gateway: { network: public }, interfaces: { a: {} } }
instances:
  web: { node: n2, ports: { eth0: { network: private, fixed_ip_address: 10.0.0.5 } } }
  two: { node: n2, ports: { eth0: { network: private }, eth1: { network: private } } }
  guest: { node: n2, attach: tap, ports: { eth0: { network: private } } }
floating_ips:
  web-public: { floating_network: public, floating_ip_address: 192.0.2.20, instance: web }
hosts:
  far: { nics: { eth0: { physical_network: outside, addresses: [192.0.2.9/24] } } }
`;

function found(word: string, text = TEXT): string {
  const { name, target, device, host } = findPlace(
    capturePlaces(validTopology(text).doc, compiled(text).resolved),
    'demo',
    word,
  );
  const { member, netns } = target;
  return [name, `${member.kind} ${member.name}`, netns ?? '-', device, host ?? ''].join(' | ').trim();
}

function refused(word: string, text = TEXT): readonly (string | undefined)[] {
  try {
    return [found(word, text)];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.flatMap(({ code, summary, hint }) => [code, summary, hint]);
  }
}

describe('a place', () => {
  test.each([
    ['an instance is its port in its own namespace', 'web', /^instance\/web\/eth0 \| instance web \| - \| eth0 \|$/],
    [
      'a guest of a hypervisor is its tap on the node',
      'guest',
      /^node\/n2\/tap\S{11} \| node n2 \| - \| tap\S{11} \|$/,
    ],
    ['a port by instance and device', 'two/eth1', /^instance\/two\/eth1 \| instance two \| - \| eth1 \|$/],
    ['a port by its address', '10.0.0.5', /^instance\/web\/eth0 /],
    ['a router is its namespace', 'r1', /^router\/r1 \| node n1 \| qrouter-\S{36} \| any \|$/],
    [
      'a router’s port by its network',
      'r1/public',
      /^router\/r1\/qg-\S{11} \| node n1 \| qrouter-\S{36} \| qg-\S{11} \|$/,
    ],
    ['a DHCP server is its namespace', 'dhcp/private', /^dhcp\/private \| node n1 \| qdhcp-\S{36} \| any \|$/],
    ['a network is its bridge', 'public', /^node\/n1\/brq\S{11} \| node n1 \| - \| brq\S{11} \|$/],
    ['a NIC by node and device', 'n2/eth1', /^node\/n2\/eth1 \| node n2 \| - \| eth1 \|$/],
    ['a node is its own namespace', 'n2', /^node\/n2 \| node n2 \| - \| any \|$/],
    ['an outside host is its NIC', 'far', /^host\/far\/eth0 \| host far \| - \| eth0 \|$/],
    [
      'a floating IP is its packets at the gateway of its router',
      'web-public',
      /^floating-ip\/web-public \| node n1 \| qrouter-\S{36} \| qg-\S{11} \| 192.0.2.20$/,
    ],
    ['a floating IP by its address', '192.0.2.20', /^floating-ip\/web-public /],
  ])('%s', (_, word, what) => {
    expect(found(word)).toMatch(what);
  });

  test('every full name means its own place, and a device by its name alone is found', () => {
    const places = capturePlaces(validTopology(TEXT).doc, compiled(TEXT).resolved);
    const names = places.map(({ point }) => point.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(found(name).split(' | ')[0]).toBe(name);
    const gateway = names.find((name) => name.startsWith('router/r1/qg-')) ?? '';
    expect(found(gateway.split('/')[2] ?? '').split(' | ')[0]).toBe(gateway);
  });
});

test('a network with bridges on two nodes is ambiguous: the hint lists what to write', () => {
  const [code, summary, hint = ''] = refused('private');
  expect([code, summary]).toEqual(['NLL019', 'private is at 2 places of the lab demo']);
  const names = /^write one of: (.*), (.*)$/.exec(hint)?.slice(1) ?? [];
  expect(names.map((name) => found(name).split(' | ')[1])).toEqual(['node n1', 'node n2']);
});

test('an instance with two ports is ambiguous', () => {
  expect(refused('two')).toEqual([
    'NLL019',
    'two is at 2 places of the lab demo',
    'write one of: instance/two/eth0, instance/two/eth1',
  ]);
});

test('an unknown name is an error that lists names', () => {
  expect(refused('nobody')).toEqual([
    'NLL018',
    'The lab demo has no "nobody"',
    expect.stringMatching(/^it has: node\/n1, node\/n1\/eth1, /),
  ]);
});

test('a network of Open vSwitch has no bridge of its own: its ports are listed', () => {
  const text = TEXT.replaceAll('reach: { via: lab }', 'reach: { via: lab }, mechanism: openvswitch');
  const [code, , hint] = refused('private', text);
  expect([code, hint]).toEqual(['NLL019', expect.stringMatching(/router\/r1\/qr-\S+, dhcp\/private\/tap\S+/)]);
});
