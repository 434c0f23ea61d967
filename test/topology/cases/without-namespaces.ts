import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';
import { switched } from './edits.ts';

/** The network node without an address of its own outside. */
const AWAY = [', addresses: [192.0.2.2/24]', ''] as const;

/** Routers in the node's own namespace. */
export const WITHOUT_NAMESPACES: readonly FaultCase[] = [
  ['NL350', 'Linux bridges without namespaces', edited(['  net1:\n', '  net1:\n    use_namespaces: «false\n'], AWAY)],
  [
    'NL351',
    'two routers without namespaces on one node',
    switched(['  net1:\n', '  net1:\n    use_namespaces: false\n'], AWAY, [
      'instances:\n',
      '  r2: { node: «net1 }\ninstances:\n',
    ]),
  ],
  [
    'NL352',
    'a network that the node itself is on, by a gateway',
    switched(
      ['  net1:\n', '  net1:\n    use_namespaces: false\n'],
      ['external_gateway: { network: ext', 'external_gateway: { network: «ext'],
    ),
  ],
  [
    'NL352',
    'a network that the node itself is on, by an interface',
    switched(
      ['  net1:\n', '  net1:\n    use_namespaces: false\n'],
      ['addresses: [192.0.2.2/24]', 'addresses: [10.0.0.250/20]'],
      ['lan-subnet: {}', '«lan-subnet: {}'],
    ),
  ],
];
