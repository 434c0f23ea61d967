import { kindWord } from '../../src/model/resource.ts';
import { describe, expect, test } from 'vitest';
import type { FileSpec } from '../../src/kinds/file/spec.ts';
import type { ProcessSpec } from '../../src/kinds/process/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { compileTopology } from '../../src/compile/compile.ts';
import { loadTopology } from '../../src/topology/load.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { compiled } from '../support/compiled.ts';
import { ofKind } from '../support/namespace-text.ts';

const RED = '11111111-0000-0000-0000-000000000001';
const BLUE = '11111111-0000-0000-0000-000000000002';
const LONE = '22222222-0000-0000-0000-000000000003';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB';

/**
 * Two routers with the same addresses behind them, a network without a router, and one that has all it needs but no
 * instance with metadata.
 */
function topology(web = "{ hostname: web.example, user_data: '#cloud-config' }"): string {
  return `
name: t
physical_networks: { red: {}, blue: {}, lone: {}, out: {}, bare: {} }
nodes:
  n1:
    reach: { via: lab }
    nics: { e1: { physical_network: red }, e2: { physical_network: blue }, e3: { physical_network: lone }, e4: { physical_network: out }, e5: { physical_network: bare } }
networks:
  red: { physical_network: red, subnets: { red: { cidr: 10.0.0.0/24 } } }
  blue: { physical_network: blue, subnets: { blue: { cidr: 10.0.0.0/24, enable_dhcp: false, dns_nameservers: [9.9.9.9], host_routes: [{ destination: 10.9.0.0/16, nexthop: 10.0.0.9 }] } } }
  lone: { id: ${LONE}, physical_network: lone, subnets: { lone: { cidr: 10.0.0.0/24 } } }
  bare: { physical_network: bare, subnets: { bare: { cidr: 10.0.0.0/24 } } }
  out: { physical_network: out, external: true, subnets: { out: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  red: { id: ${RED}, node: n1, external_gateway: { network: out }, interfaces: { red: {} } }
  blue: { id: ${BLUE}, node: n1, interfaces: { blue: {} } }
  idle: { node: n1, interfaces: { bare: {} } }
instances:
  web: { node: n1, ports: { eth0: { network: red, fixed_ip_address: 10.0.0.11 } }, metadata: ${web} }
  silent: { node: n1, ports: { eth0: { network: red, fixed_ip_address: 10.0.0.12 } } }
  Blue_1: { node: n1, ports: { eth0: { network: blue, fixed_ip_address: 10.0.0.11 } }, metadata: { public_keys: { a: ${KEY} one, b c: ${KEY} } } }
  lone: { node: n1, ports: { eth0: { network: lone, fixed_ip_address: 10.0.0.11 } }, metadata: {} }
  bare: { node: n1, ports: { eth0: { network: bare } } }
floating_ips:
  public: { floating_network: out, floating_ip_address: 192.0.2.77, instance: web }
`;
}

function fileAt(graph: DesiredGraph, path: string): FileSpec | undefined {
  return graph.resources.get(`n1/-/file//run/netloom/t/metadata/${path}`)?.spec as FileSpec | undefined;
}

/** The answer of a proxy, selected as HAProxy does: the address identifies the client, client and path the file. */
function asked(graph: DesiredGraph, id: string, from: string, path: string): string | undefined {
  const lookUp = (map: string, key: string): string | undefined =>
    (fileAt(graph, `${id}/${map}`)?.content ?? '')
      .split('\n')
      .find((line) => line.startsWith(`${key} `))
      ?.slice(key.length + 1);
  const who = lookUp('sources', from);
  const file = who && lookUp('answers', who + path.replace(/\/+$/, ''));
  const conf = fileAt(graph, `${id}/haproxy.conf`)?.content ?? '';
  if (file === undefined || file === '') return undefined;
  expect(conf).toContain(` file /run/netloom/t/metadata/${id}/${file} if { var(txn.answer) -m str ${file} }\n`);
  return fileAt(graph, `${id}/${file}`)?.content;
}

const { graph } = compiled(topology());

describe('the metadata of a guest', () => {
  test.each([
    ['/', '2009-04-04\nlatest'],
    ['/latest', 'meta-data/\nuser-data'],
    ['/latest/meta-data/', 'hostname\ninstance-id\nlocal-hostname\nlocal-ipv4\npublic-hostname\npublic-ipv4'],
    ['/2009-04-04/meta-data/hostname', 'web.example'],
    ['/latest/meta-data/local-ipv4', '10.0.0.11'],
    ['/latest/meta-data/public-ipv4', '192.0.2.77'],
    ['/latest/user-data', '#cloud-config'],
    [
      '/openstack',
      '2012-08-10\n2013-04-04\n2013-10-17\n2015-10-15\n2016-06-30\n' +
        '2016-10-06\n2017-02-22\n2018-08-27\n2020-10-14\nlatest',
    ],
    ['/openstack/latest/', 'meta_data.json\nnetwork_data.json\nuser_data\nvendor_data.json\nvendor_data2.json'],
    ['/openstack/2018-08-27/user_data', '#cloud-config'],
    ['/openstack/latest/vendor_data.json', '{}\n'],
    ['/latest/meta-data/public-keys/', undefined],
    ['/latest/meta-data/../../etc/passwd', undefined],
  ])('%s', (path, answer) => {
    expect(asked(graph, RED, '10.0.0.11', path)).toBe(answer);
    expect(asked(graph, RED, '::ffff:10.0.0.11', path)).toBe(answer);
  });

  test('keys are listed by number, and in meta_data.json by name', () => {
    const ask = (path: string): string | undefined => asked(graph, BLUE, '10.0.0.11', path);
    expect(ask('/latest/meta-data/public-keys/')).toBe('0=a\n1=b c');
    expect(ask('/latest/meta-data/public-keys/1/')).toBe('openssh-key');
    expect(ask('/latest/meta-data/public-keys/0/openssh-key')).toBe(`${KEY} one`);
    expect(JSON.parse(ask('/openstack/latest/meta_data.json') ?? '')).toMatchObject({
      name: 'Blue_1',
      hostname: 'blue-1',
      public_keys: { a: `${KEY} one`, 'b c': KEY },
    });
    expect(ask('/latest/user-data')).toBeUndefined();
    expect(ask('/latest/')).toBe('meta-data/');
  });

  test('without DHCP, network_data.json has all settings', () => {
    expect(JSON.parse(asked(graph, BLUE, '10.0.0.11', '/openstack/latest/network_data.json') ?? '')).toMatchObject({
      links: [{ type: 'bridge', mtu: 1500 }],
      networks: [
        {
          id: 'network0',
          type: 'ipv4',
          ip_address: '10.0.0.11',
          netmask: '255.255.255.0',
          routes: [
            { network: '0.0.0.0', netmask: '0.0.0.0', gateway: '10.0.0.1' },
            { network: '10.9.0.0', netmask: '255.255.0.0', gateway: '10.0.0.9' },
          ],
        },
      ],
      services: [{ type: 'dns', address: '9.9.9.9' }],
    });
    expect(asked(graph, RED, '10.0.0.11', '/openstack/latest/network_data.json')).toContain('"type":"ipv4_dhcp"');
  });

  test('a port with several addresses is identified by each, and network_data.json names them all', () => {
    const port = 'eth0: { network: red, fixed_ip_address: 10.0.0.11 } }, metadata';
    const second = 'red: { cidr: 10.0.0.0/24 }, still: { cidr: 10.4.0.0/24, enable_dhcp: false }';
    const several = compiled(
      topology()
        .replace('red: { cidr: 10.0.0.0/24 }', second)
        .replace('interfaces: { red: {} }', 'interfaces: { red: {}, still: {} }')
        .replace(
          port,
          port.replace('fixed_ip_address: 10.0.0.11', 'fixed_ips: [10.4.0.7, 10.0.0.11, 10.4.0.8, 10.0.0.21]'),
        )
        .replace('instance: web', 'instance: web, fixed_ip_address: 10.0.0.21'),
    ).graph;
    const ask = (from: string, path: string): string | undefined => asked(several, RED, from, path);
    for (const from of ['10.4.0.7', '10.4.0.8', '10.0.0.11', '10.0.0.21']) {
      expect(ask(from, '/latest/meta-data/hostname')).toBe('web.example');
      expect(ask(from, '/latest/meta-data/local-ipv4')).toBe('10.4.0.7');
    }
    const told = JSON.parse(ask('10.4.0.8', '/openstack/latest/network_data.json') ?? '') as { networks: object[] };
    expect(told.networks).toMatchObject([
      { type: 'ipv4', ip_address: '10.4.0.7', routes: [{ network: '0.0.0.0', gateway: '10.4.0.1' }] },
      { type: 'ipv4', ip_address: '10.0.0.11', routes: [] },
      { type: 'ipv4', ip_address: '10.4.0.8', routes: [] },
      { type: 'ipv4_dhcp' },
    ]);
  });

  test('clients are identified by source address and router: no guest gets the data of another', () => {
    const name = (id: string, from: string): string | undefined => asked(graph, id, from, '/latest/meta-data/hostname');
    expect(name(RED, '10.0.0.11')).toBe('web.example');
    expect(name(BLUE, '10.0.0.11')).toBe('blue-1');
    expect(name(LONE, '10.0.0.11')).toBe('lone');
    expect(name(RED, '10.0.0.12')).toBeUndefined();
    expect(name(RED, '10.0.0.1')).toBeUndefined();
  });
});

describe('the proxy', () => {
  const proxies = ofKind([...graph.resources.values()], 'process').filter(
    ({ spec }) => (spec as ProcessSpec).argv[0] === 'haproxy',
  );

  test('runs where an instance has metadata, and nowhere else', () => {
    expect(proxies.map(({ netns }) => netns)).toEqual([`qrouter-${RED}`, `qrouter-${BLUE}`, `qdhcp-${LONE}`]);
    const without = compiled(topology().replace(/metadata: \{.*\} \}$/gm, 'attach: lab }'));
    expect(JSON.stringify([...without.graph.resources])).not.toContain('haproxy');
  });

  test('has Zed’s link-local address beside DHCP servers on links with IPv6, and does not listen there', () => {
    const linkLocal = (from: DesiredGraph): string[] =>
      [...from.resources.values()].filter(({ name }) => name.startsWith('fe80:')).map(({ netns }) => netns ?? '');
    expect(linkLocal(graph)).toContain(`qdhcp-${LONE}`);
    expect(JSON.stringify([...graph.resources.values()].filter(({ kind }) => kindWord(kind) === 'file'))).not.toContain(
      'fe80',
    );
    expect(linkLocal(compiled(`release: mitaka\n${topology()}`).graph)).toEqual([]);
    const narrow = compiled(topology().replace('lone: {}', 'lone: { mtu: 1279 }')).graph;
    expect(linkLocal(narrow)).not.toContain(`qdhcp-${LONE}`);
    expect([...narrow.resources.keys()].filter((at) => at.includes('disable_ipv6') && at.includes(LONE))).toEqual([]);
  });

  test('other user data changes the fingerprint and not the configuration', () => {
    const other = compiled(topology('{ hostname: web.example, user_data: "other %[env(HOME)]\\nlisten x" }')).graph;
    const at = `n1/qrouter-${RED}/process//run/netloom/t/metadata/${RED}/state`;
    const inputs = (from: DesiredGraph): unknown => (from.resources.get(at)?.spec as ProcessSpec).inputs;
    expect(inputs(other)).not.toBe(inputs(graph));
    expect(fileAt(other, `${RED}/haproxy.conf`)).toEqual(fileAt(graph, `${RED}/haproxy.conf`));
  });

  test('has room for the largest answer', () => {
    expect(fileAt(graph, `${RED}/haproxy.conf`)?.content).not.toContain('tune.bufsize');
    const large = compiled(topology(`{ user_data: '${'x'.repeat(65536)}' }`)).graph;
    expect(fileAt(large, `${RED}/haproxy.conf`)?.content).toContain('    tune.bufsize 131072\n');
  });

  test('user data is readable by its owner alone, and may be binary', () => {
    const { graph: binary } = compiled(topology('{ user_data_base64: H4sIAAAAAAAAAw== }'));
    const files = ofKind([...binary.resources.values()], 'file').filter(({ name }) => name.endsWith('/user_data'));
    expect(files.map(({ spec }) => spec)).toEqual([{ content: 'H4sIAAAAAAAAAw==', encoding: 'base64', mode: '600' }]);
    const folder = memoryFolder('t.yaml', { 'seed.gz': Buffer.from('H4sIAAAAAAAAAw==', 'base64') });
    const { topology: named } = loadTopology(topology('{ user_data_file: seed.gz }'), 't.yaml', folder);
    expect(
      ofKind([...compileTopology(named!).graph!.resources.values()], 'file')
        .filter(({ name }) => name.endsWith('/user_data'))
        .map(({ spec }) => spec),
    ).toEqual(files.map(({ spec }) => spec));
    for (const { name, spec } of ofKind([...graph.resources.values()], 'file')) {
      expect(spec).toMatchObject({ mode: /\/(user_data|held)$/.test(name) ? '600' : '644' });
    }
  });
});
