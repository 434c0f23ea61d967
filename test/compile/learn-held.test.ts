import { expect, test } from 'vitest';
import { heldPath } from '../../src/features/held/index.ts';
import { heldText, parseHeld } from '../../src/features/held/text.ts';
import { changesByHeld, derivesAnything, learnHeld } from '../../src/compile/learn-held.ts';
import { addressOf, type Observed } from '../../src/model/resource.ts';
import { resolveTopology } from '../../src/resolve/resolve.ts';
import { compiled, validTopology } from '../support/compiled.ts';

const TEXT = `
name: t
physical_networks: { wire: {}, out: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire }, eth2: { physical_network: out } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24 } } }
  public: { physical_network: out, external: true, subnets: { public: { cidr: 192.0.2.0/24, enable_dhcp: false } } }
routers:
  r: { node: n1, external_gateway: { network: public }, interfaces: { lan: {} } }
instances:
  a: { node: n1, ports: { eth0: { network: lan } } }
  b: { node: n2, ports: { eth0: { network: lan } } }
floating_ips:
  fa: { floating_network: public, instance: a }
  fb: { floating_network: public, instance: b }
`;
const MORE = TEXT.replace(
  'floating_ips:',
  `${['c', 'd', 'e', 'f', 'g'].map((name) => `  ${name}: { node: n2, ports: { eth0: { network: lan } } }`).join('\n')}
floating_ips:
  fc: { floating_network: public, instance: c }
  fd: { floating_network: public, instance: d }`,
);

/** What the desired state of a text looks like once it exists. */
function existing(text: string, keep = (_: Observed): boolean => true): readonly Observed[] {
  return [...compiled(text).graph.resources.values()]
    .map(({ node, netns, kind, name, spec }): Observed => ({ node, netns, kind, name, spec, owner: 'ours' }))
    .filter(keep);
}

function addressesOf(text: string, observed: readonly Observed[]): ReadonlyMap<string, readonly string[]> {
  const topology = validTopology(text);
  const fresh = resolveTopology(topology).resolved;
  if (!fresh) throw new Error('it does not resolve');
  const { resolved } = resolveTopology(topology, learnHeld(topology, fresh, observed).held);
  return new Map(resolved?.derived.map(({ id, addresses }) => [id, addresses]));
}

const isFile = ({ name }: Observed): boolean => name === heldPath('t');

test.each([
  ['the files on the nodes', existing(TEXT)],
  ['the devices, rules and DHCP entries that exist', existing(TEXT, (one) => !isFile(one))],
  ['the files of the other nodes', existing(TEXT, (one) => one.node === 'n1' && isFile(one))],
])('no derived address changes when ports are added: %s tell them', (_, observed) => {
  const before = new Map(compiled(TEXT).resolved.derived.map(({ id, addresses }) => [id, addresses]));
  const after = addressesOf(MORE, observed);
  expect(after.size).toBeGreaterThan(before.size);
  for (const [id, addresses] of before) expect(after.get(id)).toEqual(addresses);
});

const GROUPS = `
name: t
physical_networks: { wire: {}, other: {} }
nodes:
  n1: { reach: { via: lab }, nics: { eth1: { physical_network: wire } } }
  n2: { reach: { via: lab }, nics: { eth1: { physical_network: other } } }
  n3: { reach: { via: lab }, nics: { eth1: { physical_network: other } } }
networks:
  lan: { physical_network: wire, subnets: { lan: { cidr: 10.0.0.0/24, enable_dhcp: false } } }
  far: { physical_network: other, subnets: { far: { cidr: 10.0.1.0/24, enable_dhcp: false } } }
security_groups:
  near: { default_rules: false, rules: [{ direction: ingress, remote_group: away }] }
  away: { default_rules: false, rules: [] }
instances:
  a: { node: n1, attach: tap, ports: { eth0: { network: lan, security_groups: [near] } } }
  b: { node: n2, attach: tap, ports: { eth0: { network: far, security_groups: [away] } } }
  c: { node: n3, attach: tap, ports: { eth0: { network: far, fixed_ip_address: 10.0.1.77 } } }
`;

test('the file of one node tells the addresses of the members of a group that its rules name', () => {
  const { resolved } = compiled(GROUPS);
  const [b] = resolved.instances.get('b')?.ports ?? [];
  // Another run finds the member's address in this file alone, where it is another than the file would derive.
  const file = existing(GROUPS, (one) => one.node === 'n1' && isFile(one)).map((one): Observed => {
    const spec = one.spec as { content: string };
    const content = spec.content.replace(String(b?.fixedIps[0]?.address), '10.0.1.99');
    return { ...one, spec: { ...spec, content } };
  });
  expect(addressesOf(GROUPS, file).get(String(b?.id))).toEqual(['10.0.1.99']);
  // The members of no group matter to the others, nor do its networks.
  const [other] = existing(GROUPS, (one) => one.node === 'n3' && isFile(one));
  expect((other?.spec as { content: string }).content).not.toContain(String(resolved.instances.get('a')?.ports[0]?.id));
});

test('what exists as it is derived is compiled once', () => {
  const { resolved } = compiled(TEXT);
  expect(derivesAnything(resolved)).toBe(true);
  expect(changesByHeld(resolved, learnHeld(validTopology(TEXT), resolved, existing(TEXT)).held)).toBe(false);
});

test('an object that was changed is no source while the file is there', () => {
  const observed = existing(TEXT).map((one): Observed => {
    const spec = one.spec as { cidr?: string };
    return spec.cidr?.startsWith('10.0.0.') === true ? { ...one, spec: { ...spec, cidr: '10.0.0.99/24' } } : one;
  });
  expect(addressesOf(TEXT, observed)).toEqual(addressesOf(TEXT, []));
});

test('the text of a file is parsed as it was written, and nothing else is', () => {
  const id = '30acf3ad-b938-49cd-9fb1-81cb35559e23';
  const content = {
    ports: new Map([[id, { mac: 'fa:16:3e:00:00:01', addresses: ['10.0.0.5', '10.0.1.5'] }]]),
    scopes: new Map([['blue', 1025]]),
    vlans: new Map([[id, 7]]),
    entries: [{ id, path: ['networks', 'lan', 'subnets', 'a.b'], likeness: '0123abcd' }],
  };
  const text = heldText(content);
  expect(parseHeld(text)).toEqual(content);
  for (const wrong of [
    '',
    text.slice(0, -1),
    text.replace('held 1', 'held 2'),
    text.replace('10.0.0.5', '10.0.0.500'),
    text.replace('end', 'port x - -\nend'),
    text.replace('vlan', `vlan ${id} 8\nvlan`),
    text.replace('subnets/', 'subnets/../'),
  ])
    expect(parseHeld(wrong)).toBeUndefined();
});

test('the file is below the topology’s folder, and only root may read it', () => {
  const { graph } = compiled(TEXT);
  const files = [...graph.resources.values()].filter(({ name }) => name === '/run/netloom/t/held');
  expect(files.map(addressOf)).toEqual(['n1/-/file//run/netloom/t/held', 'n2/-/file//run/netloom/t/held']);
  expect(files.map(({ spec }) => (spec as { mode: string }).mode)).toEqual(['600', '600']);
});
