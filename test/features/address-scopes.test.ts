import { scopeMark } from '../../src/features/rules/scope-mark.ts';
import { scopeNumbers } from '../../src/resolve/scopes.ts';
import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.ts';
import { saveText } from '../support/iptables-text.ts';
import { inNamespace } from '../support/namespace-text.ts';

interface Choice {
  readonly release?: string;
  readonly snat?: boolean;
  readonly scopes: { readonly outside?: string; readonly red?: string; readonly blue?: string };
}

const [MARK_OF_FIRST, MARK_OF_SECOND] = [
  ...scopeNumbers(new Map(Object.entries({ first: 'first', second: 'second' })), new Map()).values(),
].map(scopeMark) as [string, string];

/** The router's rules for address scopes, with the marks 0x401 and 0x402 for `first` and `second`. */
function rulesOf({ release = 'zed', snat = true, scopes }: Choice): readonly string[] {
  const inScope = (scope: string | undefined): string => (scope === undefined ? '' : `, address_scope: ${scope}`);
  const { graph } = compiled(`
name: t
release: ${release}
address_scopes: { first: {}, second: {} }
physical_networks: { outer: {}, red: {}, blue: {} }
nodes:
  n: { reach: { via: lab }, nics: { eth0: { physical_network: outer }, eth1: { physical_network: red }, eth2: { physical_network: blue } } }
networks:
  outer:
    physical_network: outer
    external: true
    subnets: { outside: { cidr: 203.0.113.0/24, enable_dhcp: false${inScope(scopes.outside)} } }
  red: { physical_network: red, subnets: { red: { cidr: 10.1.0.0/24, enable_dhcp: false${inScope(scopes.red)} } } }
  blue: { physical_network: blue, subnets: { blue: { cidr: 10.2.0.0/24, enable_dhcp: false${inScope(scopes.blue)} } } }
routers:
  r:
    node: n
    external_gateway:
      { network: outer, fixed_ip_address: 203.0.113.10, enable_snat: ${String(snat)}, port_id: 00000001-0000-0000-0000-000000000000 }
    interfaces:
      red: { port_id: 00000002-0000-0000-0000-000000000000 }
      blue: { port_id: 00000003-0000-0000-0000-000000000000 }
floating_ips:
  red: { floating_network: outer, floating_ip_address: 203.0.113.11, network: red, fixed_ip_address: 10.1.0.11 }
  blue: { floating_network: outer, floating_ip_address: 203.0.113.12, network: blue, fixed_ip_address: 10.2.0.12 }
`);
  return saveText(inNamespace(graph, 'qrouter-'), 4)
    .split('\n')
    .map((line) => line.replaceAll(MARK_OF_FIRST, '0x4010000').replaceAll(MARK_OF_SECOND, '0x4020000'))
    .filter((line) => /-A .*(?:mark.*(?:0x4|00000000)|xmark 0x4|-j neutron-l3-agent-float-snat)/.test(line))
    .map((line) => line.replace('-A neutron-l3-agent-', ''));
}

const NO_SCOPES = [
  'scope -o qr-00000002-00 -m mark ! --mark 0x4000000/0xffff0000 -j DROP',
  'scope -o qr-00000003-00 -m mark ! --mark 0x4000000/0xffff0000 -j DROP',
  'scope -i qr-00000002-00 -j MARK --set-xmark 0x4000000/0xffff0000',
  'scope -i qr-00000003-00 -j MARK --set-xmark 0x4000000/0xffff0000',
  'scope -i qg-00000001-00 -j MARK --set-xmark 0x4000000/0xffff0000',
  'snat -j neutron-l3-agent-float-snat',
];

test('without scopes all subnets are in one, and no rule connects scopes', () => {
  expect(rulesOf({ scopes: {} })).toEqual(NO_SCOPES);
});

const SCOPES = { outside: 'first', red: 'first', blue: 'second' };

const CROSSING = [
  'FORWARD -s 10.2.0.12/32 -j neutron-l3-agent-float-snat',
  'float-snat -o qr-00000002-00 -j MARK --set-xmark 0x4010000/0xffff0000',
  'float-snat -o qg-00000001-00 -j MARK --set-xmark 0x4010000/0xffff0000',
  'floatingip -d 203.0.113.12/32 -j MARK --set-xmark 0x4020000/0xffff0000',
];

const MARKS = [
  'scope -i qr-00000002-00 -j MARK --set-xmark 0x4010000/0xffff0000',
  'scope -i qr-00000003-00 -j MARK --set-xmark 0x4020000/0xffff0000',
  'scope -i qg-00000001-00 -j MARK --set-xmark 0x4010000/0xffff0000',
];

const DROPS = [
  'scope -o qr-00000002-00 -m mark ! --mark 0x4010000/0xffff0000 -j DROP',
  'scope -o qr-00000003-00 -m mark ! --mark 0x4020000/0xffff0000 -j DROP',
];

test.each(['mitaka', 'zed'])(
  '%s: a floating IP crosses from one scope to the outside’s, and only such a one',
  (release) => {
    expect(rulesOf({ release, scopes: SCOPES })).toEqual([
      ...DROPS,
      ...CROSSING,
      ...MARKS,
      'snat -j neutron-l3-agent-float-snat',
      // First NAT rule after the floating IPs: traffic within its scope keeps its address.
      'snat -o qg-00000001-00 -m connmark --mark 0x4010000/0xffff0000 -j ACCEPT',
    ]);
  },
);

test('without source NAT no traffic of another scope leaves by the gateway', () => {
  expect(rulesOf({ snat: false, scopes: SCOPES })).toEqual([
    ...DROPS,
    'scope -o qg-00000001-00 -m mark ! --mark 0x4010000/0xffff0000 -j DROP',
    ...CROSSING,
    ...MARKS,
    'snat -j neutron-l3-agent-float-snat',
  ]);
});

test('subnets without a scope form a scope of their own', () => {
  const rules = rulesOf({ scopes: { outside: 'second' } });
  expect(rules.filter((rule) => rule.startsWith('float'))).toEqual([
    'float-snat -o qg-00000001-00 -j MARK --set-xmark 0x4020000/0xffff0000',
    'floatingip -d 203.0.113.11/32 -j MARK --set-xmark 0x4000000/0xffff0000',
    'floatingip -d 203.0.113.12/32 -j MARK --set-xmark 0x4000000/0xffff0000',
  ]);
  expect(rulesOf({ scopes: { red: 'first' } }).filter((rule) => rule.includes('connmark'))).toEqual([]);
});
