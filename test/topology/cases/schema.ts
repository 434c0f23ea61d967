import { BASE, edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Unknown properties, and values of another shape. */
export const SCHEMA: readonly FaultCase[] = [
  ['NL101', 'an unknown property', edited(['mtu: 1450', '«mtuu: 1450'])],
  [
    'NL101',
    'an unknown property of a branch',
    edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: lab, «host: x']),
  ],
  ['NL101', 'a prototype as property', `${BASE}«__proto__: {}\n`],
  ['NL102', 'no name', '«physical_networks: {}\n'],
  [
    'NL102',
    'no cidr',
    edited(['ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1, enable_dhcp: false }', '«ext-subnet: {}']),
  ],
  ['NL102', 'no host to reach', edited(['roles: [compute]\n    reach: { via: lab', '«reach: { via: ssh'])],
  ['NL102', 'no method of reaching a node', edited(['roles: [compute]\n    reach: { via: lab }', '«reach: {}'])],
  ['NL103', 'a number for a string', edited(['gateway_ip: 10.0.0.1', 'gateway_ip: «10.0'])],
  ['NL103', 'nothing for a mapping', edited(['outer: {}', '«outer:'])],
  ['NL103', 'a string for a boolean', edited(['external: true', 'external: «yes'])],
  ['NL104', 'an unknown release', edited(['name: base', 'name: base\nrelease: «mitakka'])],
  [
    'NL104',
    'an unknown method of reaching a node',
    edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: «shh']),
  ],
  ['NL104', 'a network type that is not supported', edited(['mtu: 1450', 'network_type: «vxlan'])],
  ['NL105', 'an MTU too small', edited(['mtu: 1450', 'mtu: «67'])],
  ['NL105', 'a port too large', edited(['listen: [22]', 'listen: [22, «65536]'])],
  ['NL106', 'a name with a path in it', edited(['physical_networks:', "physical_networks:\n  «'../x': {}"])],
  [
    'NL106',
    'a name that looks like an address',
    edited(['physical_networks:', "physical_networks:\n  «'1.2.3.4': {}"]),
  ],
  ['NL106', 'a topology name in capitals', edited(['name: base', 'name: «Base'])],
  [
    'NL107',
    'an SSH host that is an option',
    edited(['roles: [compute]\n    reach: { via: lab', 'reach: { via: ssh, host: «-oProxyCommand=x']),
  ],
  ['NL108', 'no address', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: [«9.9.9.256]'])],
  ['NL109', 'an address without prefix length', edited(['addresses: [192.0.2.2/24]', 'addresses: [«192.0.2.2]'])],
  ['NL110', 'leading zeros', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: [«9.9.9.010]'])],
  ['NL111', 'IPv6', edited(['dns_nameservers: [9.9.9.9]', 'dns_nameservers: ["2001:db8::1"]'.replace('["', '[«"')])],
  ['NL112', 'a MAC in capitals', edited(["'00:00:5e:00:53:01'", "«'00:00:5E:00:53:01'"])],
  ['NL112', 'a multicast MAC', edited(["'00:00:5e:00:53:01'", "«'01:00:5e:00:53:01'"])],
  [
    'NL113',
    'a UUID in capitals',
    edited(['11111111-0000-0000-0000-000000000001', '«AAAAAAAA-0000-0000-0000-000000000001']),
  ],
  [
    'NL114',
    'the loopback as NIC',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth0: { physical_network: inner }\n      «lo: { physical_network: inner, mac',
    ]),
  ],
  [
    'NL114',
    'a long NIC name',
    edited([
      'eth0: { physical_network: inner, mac',
      'eth0: { physical_network: inner }\n      «abcdefghijklmnop: { physical_network: inner, mac',
    ]),
  ],
  ['NL115', 'no roles', edited(['roles: [compute]', 'roles: «[]'])],
];
