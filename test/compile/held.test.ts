import { expect, test } from 'vitest';
import { NOTHING_HELD } from '../../src/model/held.ts';
import type { Held } from '../../src/model/held.ts';
import { everyPort } from '../../src/resolve/collisions.ts';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import { localVlans } from '../../src/resolve/vlans.ts';
import { scopeNumbers } from '../../src/resolve/scopes.ts';
import { validTopology } from '../support/compiled.ts';

/** A network with these instances, as lines `NAME: PORT FIELDS`, and a floating IP and gateway without an address. */
function topology(instances: readonly (readonly [name: string, fields: string])[], subnet = ''): string {
  return `
name: t
physical_networks: { wire: {}, outer: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: outer } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/26${subnet} } } }
  outer: { physical_network: outer, external: true, subnets: { out: { cidr: 203.0.113.0/28, enable_dhcp: false } } }
routers: { r: { node: n1, external_gateway: { network: outer }, interfaces: { lan: {} } } }
instances:
${instances.map(([name, fields]) => `  ${name}: { node: n1, ports: { eth0: { network: lan${fields} } } }`).join('\n')}
floating_ips:
${instances.map(([name]) => `  for-${name}: { floating_network: outer, instance: ${name} }`).join('\n')}
`;
}

function resolve(text: string, held: Held) {
  const { resolved, moved, diagnostics } = resolveTopology(validTopology(text), held);
  expect(diagnostics).toEqual([]);
  const ports = new Map(
    [...everyPort(resolved!)].map(({ id, mac, fixedIps }) => [
      id,
      { mac, addresses: fixedIps.map(({ address }) => address) },
    ]),
  );
  const next = new Map<string, { mac?: string; addresses: string[] }>(ports);
  for (const { id, address } of resolved!.floatingIps) next.set(id, { addresses: [address] });
  return { held: { ...NOTHING_HELD, ports: next }, moved, resolved: resolved! };
}

const addressOf = ({ resolved }: ReturnType<typeof resolve>, name: string) =>
  resolved.instances.get(name)?.ports[0]?.fixedIps[0]?.address;

test('a port, gateway, DHCP port or floating IP keeps its address and MAC when others come, go or are pinned', () => {
  const first = resolve(
    topology([
      ['b', ''],
      ['d', ''],
      ['f', ''],
    ]),
    NOTHING_HELD,
  );
  const steps: readonly [string, string][][] = [
    [
      ['a', ''],
      ['b', ''],
      ['c', ''],
      ['d', ''],
      ['f', ''],
    ],
    [
      ['a', ', fixed_ip_address: 10.0.0.60'],
      ['d', ''],
      ['f', ''],
    ],
    [
      ['f', ''],
      ['e', ''],
      ['d', ''],
    ],
  ];
  let before = first;
  for (const step of steps) {
    const after = resolve(topology(step), before.held);
    expect(after.moved).toEqual([]);
    for (const [id, port] of after.held.ports) {
      if (before.held.ports.has(id) && id !== after.resolved.instances.get('a')?.ports[0]?.id) {
        expect(port).toEqual(before.held.ports.get(id));
      }
    }
    before = after;
  }
});

test('a port keeps its address when the pools change, as in Neutron', () => {
  const before = resolve(
    topology([
      ['b', ''],
      ['d', ''],
    ]),
    NOTHING_HELD,
  );
  const pools = ', allocation_pools: [{ start: 10.0.0.40, end: 10.0.0.50 }]';
  const after = resolve(
    topology(
      [
        ['b', ''],
        ['d', ''],
      ],
      pools,
    ),
    before.held,
  );
  expect(after.held.ports).toEqual(before.held.ports);
});

test('an address that another port is given moves its holder, with both addresses and the reason', () => {
  const before = resolve(topology([['b', '']]), NOTHING_HELD);
  const held = addressOf(before, 'b')!;
  const after = resolve(
    topology([
      ['b', ''],
      ['c', `, fixed_ip_address: ${held}`],
    ]),
    before.held,
  );
  expect(after.moved).toMatchObject([
    {
      origin: { path: 'instances.b.ports.eth0' },
      from: held,
      to: addressOf(after, 'b'),
      because: 'instances.c.ports.eth0 has it',
    },
  ]);
});

test('an address outside its subnet now moves', () => {
  const before = resolve(topology([['b', '']]), NOTHING_HELD);
  const text = topology([['b', '']]).replace('10.0.0.0/26', '10.9.0.0/26');
  const { moved } = resolve(text, before.held);
  expect(moved.find(({ origin }) => origin.path === 'instances.b.ports.eth0')).toMatchObject({
    from: addressOf(before, 'b'),
    because: 'no subnet of its network has it',
  });
});

test('a derived address avoids those of other hosts on the segment', () => {
  const text = topology([['b', '']]);
  const alone = addressOf(resolve(text, NOTHING_HELD), 'b')!;
  const beside = resolve(text, { ...NOTHING_HELD, taken: new Map([['wire', new Set([alone])]]) });
  expect(addressOf(beside, 'b')).not.toBe(alone);
});

test('held numbers of scopes and VLANs are kept, others are derived from names and ids', () => {
  const scopes = (names: Record<string, string>, held = {}) =>
    scopeNumbers(new Map(Object.entries(names)), new Map(Object.entries<number>(held)));
  expect(scopes({ a: 'a', b: 'b' }, { b: 1500 }).get('b')).toBe(1500);
  expect(scopes({ new: 'old' }, { old: 1500 }).get('new')).toBe(1500);
  expect(scopes({ new: 'old' }).get('new')).toBe(scopes({ old: 'old' }).get('old'));
  expect(scopes({ z: 'z', a: 'a' }).get('a')).toBe(scopes({ a: 'a' }).get('a'));
  expect(localVlans(['00000001', '00000002'], new Map([['00000002', 2]])).get('00000002')).toBe(2);
  expect(localVlans(['00000001', '00000002'], new Map([['00000002', 2]])).get('00000001')).toBe(3);
});
