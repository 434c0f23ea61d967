import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** Probes of `expect`. */
export const EXPECTATIONS: readonly FaultCase[] = [
  ['NL207', 'an unknown source', edited(['from: vm1', 'from: «vm3'])],
  ['NL207', 'an unknown target', edited(['to: vm1', 'to: «vmm1'])],
  ['NL207', 'a node as target', edited(['to: vm1', 'to: «com1'])],
  [
    'NL601',
    'an instance without a guest of the lab as the source',
    edited(['vm1:\n    node: com1', 'vm1:\n    attach: tap\n    node: com1'], ['from: vm1', 'from: «vm1']),
  ],
  ['NL601', 'a node as source', edited(['from: vm1', 'from: «net1'])],
  ['NL602', 'tcp without port', edited(['protocol: tcp, port: 22', 'protocol: «tcp'])],
  ['NL603', 'ping with port', edited(['protocol: tcp, port: 22', 'port: «22'])],
  [
    'NL604',
    'seen_as of a probe that must fail',
    edited(['port: 80, seen_as: 192.0.2.11', 'port: 80, succeeds: false, seen_as: «192.0.2.11']),
  ],
  [
    'NL603',
    'dns with port',
    edited(['protocol: tcp, port: 80, seen_as: 192.0.2.11', 'protocol: dns, name: vm1, port: «80']),
  ],
  ['NL606', 'dns without name', edited(['protocol: tcp, port: 80, seen_as: 192.0.2.11', 'protocol: «dns'])],
  ['NL607', 'a name without a DNS probe', edited(['protocol: tcp, port: 22', 'protocol: tcp, port: 22, name: «vm1'])],
  [
    'NL608',
    'a DNS probe in a host',
    edited(['from: out', 'from: «out'], ['protocol: tcp, port: 22', 'protocol: dns, name: vm1']),
  ],
  [
    'NL632',
    'a DNS probe that is refused',
    edited(['protocol: tcp, port: 80, seen_as: 192.0.2.11', 'protocol: dns, name: vm1, succeeds: «refused']),
  ],
  ['NL605', 'no listener on the port', edited(['port: 22 }', 'port: «23 }'])],
];
