import { edited, forwarding } from '../support.ts';
import type { FaultCase } from './case.ts';
import { FIXED } from './edits.ts';

/** Port forwardings of a floating IP. */
export const PORT_FORWARDINGS: readonly FaultCase[] = [
  ['NL318', 'a port forwarding for nothing', forwarding('«{ protocol: tcp, external_port: 1, internal_port: 1 }')],
  [
    'NL205',
    'a port forwarding to an unknown instance',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: «vm9 }'),
  ],
  [
    'NL206',
    'a port forwarding to an unknown port',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1, port: «eth9 }'),
  ],
  [
    'NL312',
    'a port forwarding to an address without a router',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, internal_ip_address: «10.7.0.1 }'),
  ],
  [
    'NL417',
    'a port forwarding to an address that the port does not have',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1, internal_ip_address: «10.0.0.12 }'),
  ],
  [
    'NL107',
    'a range of ports too large',
    forwarding('{ protocol: tcp, external_port_range: «1:65536, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL107',
    'a range of ports with a word in it',
    forwarding('{ protocol: tcp, external_port_range: «"1:2 -j ACCEPT", internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL104',
    'a protocol without ports',
    forwarding('{ protocol: «icmp, external_port: 1, internal_port: 1, instance: vm1 }'),
  ],
  ['NL105', 'port 0', forwarding('{ protocol: tcp, external_port: «0, internal_port: 1, instance: vm1 }')],
  [
    'NL502',
    'two port forwardings with one id',
    forwarding(
      '{ id: 22222222-0000-0000-0000-00000000000f, protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }',
      '{ id: «22222222-0000-0000-0000-00000000000f, protocol: tcp, external_port: 2, internal_port: 1, instance: vm1 }',
    ),
  ],
  [
    'NL319',
    'a target and port forwardings',
    edited([
      'floating_ip_address: 192.0.2.11, instance: vm1 }',
      'floating_ip_address: 192.0.2.11, «instance: vm1, port_forwardings: [{ protocol: tcp, external_port: 1, ' +
        'internal_port: 1, instance: vm1 }] }',
    ]),
  ],
  [
    'NL115',
    'no port forwarding at all',
    edited(['192.0.2.11, instance: vm1 }', '192.0.2.11, port_forwardings: «[] }']),
  ],
  ['NL320', 'no external port', forwarding('«{ protocol: tcp, internal_port: 1, instance: vm1 }')],
  ['NL320', 'no internal port', forwarding('«{ protocol: tcp, external_port: 1, instance: vm1 }')],
  [
    'NL320',
    'a port and a range',
    forwarding('{ protocol: tcp, external_port: 1, «external_port_range: 1:2, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL321',
    'a range that ends before it starts',
    forwarding('{ protocol: tcp, external_port_range: «7:6, internal_port: 1, instance: vm1 }'),
  ],
  [
    'NL321',
    'ranges of different sizes',
    forwarding('{ protocol: tcp, external_port_range: 5:9, internal_port_range: «5:8, instance: vm1 }'),
  ],
  [
    'NL322',
    'a port twice',
    forwarding(
      '{ protocol: tcp, external_port: 22, internal_port: 22, instance: vm1 }',
      '{ protocol: udp, external_port: 22, internal_port: 22, instance: vm1 }',
      '«{ protocol: tcp, external_port: 22, internal_port: 23, instance: vm1 }',
    ),
  ],
  [
    'NL322',
    'a port of a range before it',
    forwarding(
      '{ protocol: tcp, external_port: 2222, internal_port: 22, instance: vm1 }',
      '«{ protocol: tcp, external_port_range: 2000:3000, internal_port: 23, instance: vm1 }',
      '{ protocol: tcp, external_port: 3001, internal_port: 23, instance: vm1 }',
    ),
  ],
  [
    'NL323',
    'two routers',
    forwarding(
      '{ protocol: tcp, external_port: 1, internal_port: 1, instance: vm1 }',
      '«{ protocol: tcp, external_port: 2, internal_port: 1, internal_ip_address: 10.0.1.5 }',
    )
      .replace(
        'instances:',
        '  r2:\n    node: net1\n    external_gateway: { network: ext, fixed_ip_address: 192.0.2.12 }\n    ' +
          'interfaces: { lan2-subnet: {} }\ninstances:',
      )
      .replace(
        '  ext:\n',
        '  lan2: { physical_network: third, subnets: { lan2-subnet: { cidr: 10.0.1.0/24 } } }\n  ext:\n',
      )
      .replace('  outer: {}\n', '  outer: {}\n  third: {}\n')
      .replace('      eth1: {', '      eth2: { physical_network: third }\n      eth1: {'),
  ],
  [
    'NL418',
    'a port forwarding to one of several addresses',
    forwarding('{ protocol: tcp, external_port: 1, internal_port: 1, instance: «vm1 }').replace(
      FIXED,
      'fixed_ips: [10.0.0.11, 10.0.0.12],',
    ),
  ],
];
