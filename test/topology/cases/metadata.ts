import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

const SSH_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAB me@here';

/** The base with metadata for its instance. */
function told(metadata: string): string {
  return edited([
    'id: 22222222-0000-0000-0000-000000000001 }',
    `id: 22222222-0000-0000-0000-000000000001 }\n    metadata: ${metadata}`,
  ]);
}

/** Metadata of instances. */
export const METADATA: readonly FaultCase[] = [
  ['NL701', 'user data twice', told("{ user_data: a, user_data_base64: «'YQ==' }")],
  ['NL702', 'user data that is no base64', told('{ user_data_base64: «"%%%" }')],
  ['NL702', 'base64 with a piece missing', told("{ user_data_base64: «'YQ=' }")],
  ['NL703', 'large user data', told(`{ user_data: «'${'x'.repeat(65537)}' }`)],
  ['NL703', 'user data large in bytes', told(`{ user_data: «'${'ü'.repeat(40000)}' }`)],
  ['NL703', 'large user data as base64', told(`{ user_data_base64: «'${'QUJD'.repeat(22000)}' }`)],
  [
    'NL704',
    'neither router nor DHCP',
    edited(
      [
        'networks:\n  lan:',
        'networks:\n' +
          '  far: { physical_network: far, subnets: { far: { cidr: 10.7.0.0/24, enable_dhcp: false } } }\n  lan:',
      ],
      ['  outer: {}', '  outer: {}\n  far: {}'],
      [
        "mac_address: '00:00:5e:00:53:01' }",
        "mac_address: '00:00:5e:00:53:01' }\n      eth9: { physical_network: far }",
      ],
      ['floating_ips:', '  vm2: { node: com1, ports: { eth0: { network: far } }, «metadata: {} }\nfloating_ips:'],
    ),
  ],
  ['NL107', 'a host name with a blank', told('{ hostname: «a b }')],
  ['NL107', 'a host name that ends with a dash', told('{ hostname: «a- }')],
  ['NL107', 'a name of a key with a line break', told(`{ public_keys: { «"a\\nb": ${SSH_KEY} } }`)],
  ['NL107', 'a key with a line break', told(`{ public_keys: { a: «"${SSH_KEY}\\nssh-rsa AAAA" } }`)],
  ['NL107', 'a key that is not valid', told('{ public_keys: { a: «\'from="*" ssh-rsa AAAA\' } }')],
  ['NL101', 'an unknown property of metadata', told('{ «userdata: a }')],
];
