import { kindWord } from '../../src/model/resource.ts';
import { expect, test } from 'vitest';
import type { ChainSpec } from '../../src/kinds/chain/spec.ts';
import { compiled } from '../support/compiled.ts';

const text = (pairs: string): string => `
name: pairs
physical_networks: { wire: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth0: { physical_network: wire } } } }
networks: { lan: { physical_network: wire, subnets: { lan-a: { cidr: 10.0.0.0/24 } } } }
instances:
  vm:
    node: n1
    ports: { eth0: { network: lan, mac_address: 'fa:16:3e:00:00:11', allowed_address_pairs: ${pairs} } }
`;

/** Source and MAC of each rule that accepts IPv6 from the instance. */
const sources = (pairs: string): readonly string[] =>
  [...compiled(text(pairs)).graph.resources.values()]
    .filter(({ kind, name }) => kindWord(kind) === 'chain' && /^6\/filter\/neutron-linuxbri-s[0-9a-f]{8}-/.test(name))
    .flatMap(({ spec }) => (spec as ChainSpec).rules)
    .flatMap((rule) => /^-s (\S+) -m mac --mac-source (\S+)/.exec(rule)?.slice(1).join(' ') ?? []);

test('a port with an IPv6 pair may use the link-local address of its MAC for neighbour discovery', () => {
  expect(sources(`[{ ip_address: '2001:db8::5' }, { ip_address: '2001:db8:1::/64' }]`)).toEqual([
    '2001:db8::5/128 fa:16:3e:00:00:11',
    'fe80::f816:3eff:fe00:11/128 fa:16:3e:00:00:11',
    '2001:db8:1::/64 fa:16:3e:00:00:11',
  ]);
  expect(sources(`[{ ip_address: '2001:db8::5', mac_address: '02:00:00:00:00:07' }]`)).toEqual([
    '2001:db8::5/128 02:00:00:00:00:07',
    'fe80::ff:fe00:7/128 02:00:00:00:00:07',
  ]);
});

test('an address in upper case means the same', () => {
  const canonical = sources(`[{ ip_address: '2001:db8::a5' }, { ip_address: '2001:db8:1::/64' }]`);
  expect(sources(`[{ ip_address: '2001:DB8::A5' }, { ip_address: '2001:0DB8:1:0::/64' }]`)).toEqual(canonical);
});

test('a remote prefix in upper case is the canonical one', () => {
  const rule = "{ direction: ingress, ethertype: IPv6, remote_ip_prefix: '2001:DB8:0:F::/64' }";
  const groups = `security_groups: { default: { rules: [${rule}] } }\ninstances:`;
  const { graph } = compiled(text('[]').replace('instances:', groups));
  const rules = [...graph.resources.values()]
    .filter(({ kind, name }) => kindWord(kind) === 'chain' && /^6\/filter\/neutron-linuxbri-i/.test(name))
    .flatMap(({ spec }) => (spec as ChainSpec).rules);
  expect(rules.filter((one) => /DB8/i.test(one))).toEqual(['-s 2001:db8:0:f::/64 -j RETURN']);
});

test('without one there is no source chain', () => {
  expect(sources('[{ ip_address: 10.0.0.77 }]')).toEqual([]);
});
