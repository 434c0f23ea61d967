import { expect, test } from 'vitest';
import { kindWord } from '../../src/model/resource.ts';
import type { ChainSpec } from '../../src/kinds/chain/spec.ts';
import { compiled } from '../support/compiled.ts';
import { fileText } from '../support/namespace-text.ts';

// What public bug reports and configurations ask for, where compiling alone decides it.

/** A topology with one network, groups, and the ports of an instance on it. */
const network = (groups: string, port: string): string => `
name: case
physical_networks: { wire: {} }
nodes: { n1: { reach: { via: lab }, nics: { eth0: { physical_network: wire } } } }
networks:
  net1:
    physical_network: wire
    dhcp: { fixed_ip_address: 192.168.1.2 }
    subnets: { s1: { cidr: 192.168.1.0/24, gateway_ip: 192.168.1.1 } }
security_groups: ${groups}
instances:
  vm: { node: n1, ports: { eth0: { network: net1, id: 11111111-0000-0000-0000-000000000001, ${port} } } }
  other: { node: n1, ports: { eth0: { network: net1, fixed_ip_address: 192.168.1.32, security_groups: [] } } }
`;

/** The IPv4 rules in the chain of the instance's port with this letter: `i` to it, `o` from it, `s` its sources. */
function rules(text: string, letter: 'i' | 'o' | 's'): readonly string[] {
  return [...compiled(text).graph.resources.values()]
    .filter(({ kind, name }) => kindWord(kind) === 'chain' && name === `4/filter/neutron-linuxbri-${letter}11111111-0`)
    .flatMap(({ spec }) => (spec as ChainSpec).rules);
}

test('protocol ipip is number 4, as kube-router sends; 94 has that name in /etc/protocols (kubespray 2877)', () => {
  const text = network('{ k8s: { rules: [{ direction: ingress, protocol: ipip }] } }', 'security_groups: [k8s]');
  expect(rules(text, 'i').filter((rule) => /^-p /.test(rule))).toEqual(['-p 4 -j RETURN']);
});

test('types and codes of ICMP: 0 is a type and a code (terraform-provider-openstack 4716, gophercloud 1775)', () => {
  const given = ['port_range_min: 8', 'port_range_min: 8, port_range_max: 0', 'port_range_min: 0, port_range_max: 255'];
  const all = given.map((range) => `{ direction: ingress, protocol: icmp, ${range} }`).join(', ');
  const text = network(`{ icmp: { rules: [${all}] } }`, 'security_groups: [icmp]');
  expect(rules(text, 'i').filter((rule) => rule.includes('icmp-type'))).toEqual([
    '-p icmp -m icmp --icmp-type 8 -j RETURN',
    '-p icmp -m icmp --icmp-type 8/0 -j RETURN',
    '-p icmp -m icmp --icmp-type 0/255 -j RETURN',
  ]);
});

test('an instance without a router beside it holds the gateway_ip, and two pairs cover every address', () => {
  const pairs = '[{ ip_address: 0.0.0.0/1 }, { ip_address: 128.0.0.0/1 }]';
  const text = network('{}', `fixed_ip_address: 192.168.1.1, allowed_address_pairs: ${pairs}`);
  expect(rules(text, 's').map((rule) => /^-s (\S+)/.exec(rule)?.[1] ?? rule.split(' ')[0])).toEqual([
    '192.168.1.1/32',
    '0.0.0.0/1',
    '128.0.0.0/1',
    '-m',
  ]);
});

test('the options of a port that boots over the network: by number, by name, and for iPXE alone (ironic)', () => {
  const options = [
    ['67', 'undionly.kpxe'],
    ['tag:ipxe,67', 'http://192.168.1.5:8080/boot.ipxe'],
    ['150', '192.168.1.5'],
    ['server-ip-address', '192.168.1.5'],
    ['ntp-server', '192.168.1.5,192.168.1.6'],
  ].map(([name, value]) => `{ opt_name: '${name!}', opt_value: '${value!}' }`);
  const { graph } = compiled(network('{}', `extra_dhcp_opts: [${options.join(', ')}]`));
  const lines = (fileText(graph, 'opts') ?? '').split('\n').filter((line) => line.startsWith('tag:port-'));
  expect(lines.map((line) => line.replace('tag:port-11111111-0000-0000-0000-000000000001,', ''))).toEqual([
    '67,undionly.kpxe',
    'tag:ipxe,67,http://192.168.1.5:8080/boot.ipxe',
    '150,192.168.1.5',
    'option:server-ip-address,192.168.1.5',
    'option:ntp-server,192.168.1.5,192.168.1.6',
  ]);
});
