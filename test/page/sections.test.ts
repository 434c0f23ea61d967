import { expect, test } from 'vitest';
import { planSection } from '../../src/page/sections/changes.ts';
import { createDriftLog } from '../../src/page/sections/drift.ts';
import { partDetails } from '../../src/page/sections/part.ts';
import { createArtist } from '../../src/page/sections/picture.ts';
import { portRows } from '../../src/page/sections/ports.ts';
import { expectedRows, triedRows } from '../../src/page/sections/reach.ts';
import { createSince, floatingIpRows, serviceRows } from '../../src/page/sections/services.ts';
import { floatingIpWays } from '../../src/page/sections/ways.ts';
import type { Change } from '../../src/model/change.ts';
import { addressOf } from '../../src/model/resource.ts';
import { change, plan } from '../render/plan/make.ts';
import { compiled, validTopology } from '../support/compiled.ts';

const TEXT = `name: demo
physical_networks: { lan: {}, ext: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: lan }, eth2: { physical_network: ext } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: lan } } }
networks:
  net1: { physical_network: lan, dhcp: { node: n1 }, subnets: { sub1: { cidr: 10.0.0.0/24 } } }
  ext1: { physical_network: ext, external: true, subnets: { sub2: { cidr: 203.0.113.0/24, enable_dhcp: false } } }
routers:
  r1: { node: n1, external_gateway: { network: ext1 }, interfaces: { sub1: {} } }
security_groups:
  web: { rules: [{ direction: ingress, protocol: tcp, port_range_min: 80, port_range_max: 80 }] }
instances:
  vm1:
    node: n2
    metadata: { user_data: "#cloud-config password=hunter2" }
    ports: { eth0: { network: net1, fixed_ip_address: 10.0.0.9, security_groups: [web] } }
floating_ips:
  vm1-public: { floating_network: ext1, floating_ip_address: 203.0.113.7, instance: vm1 }
expect:
  - { from: vm1, to: 203.0.113.1 }
  - { from: vm1, to: 203.0.113.1, protocol: tcp, port: 80, succeeds: refused }
`;

const topology = validTopology(TEXT);
const { graph, resolved } = compiled(TEXT);
const desired = {
  topology,
  resolved,
  graph,
  warnings: [],
  source: { file: 'topology.yaml', text: TEXT },
};

function seen(changes: readonly Change[]) {
  const result = {
    plan: plan(changes, [], graph.subjects),
    diagnostics: [],
    views: new Map(),
    observed: [],
    moves: [],
    readAt: 0,
  };
  return { desired, result };
}

/** A change of the desired object that passes the test. */
function creates(kind: RegExp): Change {
  const [resource] = [...graph.resources.values()].filter((one) => kind.test(addressOf(one)));
  if (!resource) throw new Error(`nothing is at ${String(kind)}`);
  const { node, netns, name } = resource;
  return {
    ...change({ kind: 'x', name, action: 'create' }),
    node,
    netns,
    kind: resource.kind,
    address: addressOf(resource),
    desired: resource,
    origin: resource.origin,
  };
}

const rowsOf = (changes: readonly Change[], since = createSince(), now = 0) => {
  const { result } = seen(changes);
  return serviceRows(desired, result, since, now);
};

test('every node, router, DHCP server, metadata proxy, bridge, filter and port is a service', () => {
  const rows = rowsOf([]).map(({ node, type, name, health }) => `${node} ${type} ${name}: ${health}`);
  expect(rows).toEqual([
    'n1 node n1: ok',
    'n1 router r1: ok',
    'n1 dhcp net1: ok',
    'n1 bridge net1: ok',
    'n1 bridge ext1: ok',
    'n1 metadata r1: ok',
    'n2 node n2: ok',
    'n2 bridge net1: ok',
    'n2 instance vm1 eth0: ok',
    'n2 filter security groups: ok',
  ]);
});

test('a metadata proxy that does not run is missing, and its router differs', () => {
  const rows = rowsOf([creates(/\/process\/.*metadata/)]).filter(({ health }) => health !== 'ok');
  expect(rows.map(({ type, health }) => `${type} ${health}`)).toEqual(['router degraded', 'metadata missing']);
  expect(rows.every(({ reason }) => reason.startsWith('process '))).toBe(true);
});

test('a filter differs if a rule of a group is missing on its node', () => {
  const filter = creates(/^n2\/-\/chain\/4\/filter\/.*-i/);
  const [row] = rowsOf([{ ...filter, origin: { path: 'security_groups.web.rules[0]' } }]).filter(
    ({ type }) => type === 'filter',
  );
  expect(row).toMatchObject({ node: 'n2', health: 'degraded' });
});

test('since when a service has been so does not change until its health does', () => {
  const since = createSince();
  const router = (changes: readonly Change[], now: number) =>
    rowsOf(changes, since, now).find(({ type }) => type === 'router')?.since;
  expect(router([], 1)).toBe(1);
  expect(router([], 2)).toBe(1);
  expect(router([creates(/\/process\/.*metadata/)], 3)).toBe(3);
  expect(router([creates(/\/process\/.*metadata/)], 4)).toBe(3);
  expect(router([], 5)).toBe(5);
});

test('a floating IP leads to its guest', () => {
  expect(floatingIpRows(desired, seen([]).result)).toMatchObject([
    { name: 'vm1-public', target: '10.0.0.9 (vm1)', health: 'ok' },
  ]);
  const hops = floatingIpWays({ collection: 'floating_ips', name: 'vm1-public' }, resolved)[0]?.hops.map(
    ({ what }) => what,
  );
  expect(hops?.map((hop) => hop.split(' ')[0])).toEqual(['Outside', 'Router', 'DNAT', 'Network', 'Bridge', 'Instance']);
  expect(floatingIpWays({ collection: 'instances', name: 'vm1' }, resolved)).toHaveLength(1);
  expect(floatingIpWays({ collection: 'networks', name: 'net1' }, resolved)).toEqual([]);
});

test('a port has what netloom derives for it', () => {
  expect(portRows(desired).find(({ type }) => type === 'instance')).toMatchObject({
    owner: 'vm1',
    addresses: ['10.0.0.9'],
    groups: ['web'],
    floatingIps: ['203.0.113.7'],
  });
});

test('a part has its lines of the file, without secrets, its objects, rules and ports', () => {
  const sources = new Map([['topology.yaml', TEXT]]);
  const missing = creates(/^n2\/-\/chain\/4\/filter\/.*-i/);
  const details = partDetails({ collection: 'instances', name: 'vm1' }, seen([missing]), sources);
  expect(details?.source?.first).toBe(14);
  expect(details?.source?.lines[0]).toBe('  vm1:');
  expect(details?.source?.lines).toHaveLength(4);
  expect(JSON.stringify(details)).not.toContain('hunter2');
  expect(details?.objects.length).toBeGreaterThan(3);
  expect(details?.ports).toMatchObject([{ name: 'eth0', groups: ['web'] }]);
  expect(details?.ports[0]?.ingress).toMatchObject([{ what: 'tcp port 80', origin: 'topology.yaml:12' }]);
  const group = partDetails({ collection: 'security_groups', name: 'web' }, seen([]), sources);
  expect(group?.rules.some(({ rule, origin }) => rule.includes('--dport 80') && origin === 'topology.yaml:12')).toBe(
    true,
  );
});

test.each(['__proto__', 'constructor', 'expect', ''])('there is no part in the collection %j', (collection) => {
  expect(partDetails({ collection, name: 'vm1' }, seen([]), new Map())).toBeUndefined();
  expect(partDetails({ collection: 'instances', name: collection }, seen([]), new Map())).toBeUndefined();
});

test('no text of a guest’s user data is in a plan', () => {
  const files = [...graph.resources.values()].filter((one) => JSON.stringify(one.spec).includes('hunter2'));
  expect(files.length).toBeGreaterThan(0);
  const changes = files.map((one) => ({
    ...change({ kind: 'file', name: one.name, action: 'create' }),
    ...{ node: one.node, netns: one.netns, kind: one.kind, address: addressOf(one), desired: one },
  }));
  const section = planSection(plan(changes));
  expect(section?.groups.flatMap((group) => group.changes)).toHaveLength(files.length);
  expect(JSON.stringify(section)).not.toContain('hunter2');
});

test('a plan without changes has no section, and one with many does not list them all', () => {
  expect(planSection(plan([]))).toBeNull();
  const many = Array.from({ length: 500 }, (_, i) =>
    change({ kind: 'bridge', name: `b${String(i)}`, action: 'create' }),
  );
  const section = planSection(plan(many));
  expect(section).toMatchObject({ unlisted: 100, words: 'Plan: 500 to add, 0 to change, 0 to destroy.' });
  expect(section?.checksum).toMatch(/^[0-9a-f]{64}$/);
});

test('drift comes and is healed, and is told from a change of the file', () => {
  const log = createDriftLog();
  const rule = [creates(/\/process\/.*metadata/)];
  const see = (changes: readonly Change[], source: string, now: number) =>
    log.see(seen(changes).result.plan, source, now);
  expect(see([], 'a', 1)).toEqual([]);
  expect(see(rule, 'a', 2)).toMatchObject([
    { at: 2, healed: null, cause: 'node', counts: [expect.stringMatching(/ missing on n1$/)] },
  ]);
  expect(see(rule, 'a', 3)).toMatchObject([{ at: 2, healed: null }]);
  expect(see([], 'a', 4)).toMatchObject([{ at: 2, healed: 4 }]);
  expect(see(rule, 'b', 5)).toMatchObject([
    { at: 5, healed: null, cause: 'file' },
    { at: 2, healed: 4 },
  ]);
});

test('what differs when the page begins to watch is no drift', () => {
  const log = createDriftLog();
  const { plan: first } = seen([creates(/\/process\/.*metadata/)]).result;
  expect(log.see(first, 'a', 1)).toEqual([]);
  expect(log.see(first, 'a', 2)).toEqual([]);
});

test('expectations are rows before they are tried, and afterwards with what came of them', () => {
  const rows = expectedRows(desired);
  expect(rows.map(({ protocol, expected, ok }) => [protocol, expected, ok])).toEqual([
    ['ping', 'an answer', null],
    ['tcp 80', 'a refusal', null],
  ]);
  const probe = {
    from: 'vm1',
    to: '203.0.113.1',
    protocol: 'tcp' as const,
    port: 80,
    name: undefined,
    succeeds: 'refused' as const,
  };
  const outcomes = [{ probe, ok: true, result: 'refused' as const, milliseconds: undefined, detail: 'refused' }];
  const tried = triedRows(rows, {
    topology: 'demo',
    outcomes: outcomes as never,
    services: undefined,
    untried: [],
    warnings: [],
  });
  expect(tried.map(({ ok, result }) => [ok, result])).toEqual([
    [null, ''],
    [true, 'refused'],
  ]);
});

test('the picture has a rectangle for each thing, and is drawn again only if something has changed', async () => {
  const artist = createArtist();
  const well = seen([]);
  const first = await artist.draw(well);
  const { things, width, height, error, src } = first.section;
  expect(error).toBe('');
  expect(src).toMatch(/^\/api\/picture\/[0-9a-f]{16}$/);
  expect(things.map(({ words }) => words)).toEqual(
    expect.arrayContaining(['router r1', 'network net1', 'instance vm1']),
  );
  expect(things.find(({ words }) => words === 'router r1')).toMatchObject({
    health: 'ok',
    part: { collection: 'routers', name: 'r1' },
  });
  for (const thing of things) {
    expect(thing.x + thing.width).toBeLessThanOrEqual(width);
    expect(thing.y + thing.height).toBeLessThanOrEqual(height);
  }
  expect(await artist.draw(seen([]))).toBe(first);
  const broken = await artist.draw(seen([creates(/\/process\/.*metadata/)]));
  expect(broken.section.things.find(({ words }) => words === 'router r1')?.health).toBe('degraded');
  expect(broken.section.src).not.toBe(src);
});
