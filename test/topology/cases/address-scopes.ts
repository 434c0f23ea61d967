import { edited } from '../support.ts';
import type { FaultCase } from './case.ts';

/** The valid topology with an address scope, edited. */
function scoped(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edited(['nodes:', 'address_scopes: { blue: {} }\nnodes:'], ...edits);
}

function manyScopes(): string {
  const names = Array.from({ length: 1024 }, (_, number) => `s${String(number)}: {}`);
  return edited(['nodes:', `«address_scopes: { ${names.join(', ')} }\nnodes:`]);
}

/** Address scopes. */
export const ADDRESS_SCOPES: readonly FaultCase[] = [
  ['NL116', 'more address scopes than there are marks', manyScopes()],
  [
    'NL220',
    'an unknown address scope',
    edited(['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: «blu']),
  ],
  [
    'NL330',
    'a network in two address scopes',
    scoped(
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: blue'],
      ['  ext:\n', '      «lan-two: { cidr: 10.0.7.0/24 }\n  ext:\n'],
    ),
  ],
  [
    'NL331',
    'an address scope of a release that has none',
    scoped(
      ['name: base', 'name: base\nrelease: grizzly'],
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: «blue'],
    ),
  ],
  [
    'NL431',
    'one range twice in an address scope',
    scoped(
      ['cidr: 10.0.0.0/24', 'cidr: 10.0.0.0/24\n        address_scope: blue'],
      [
        '  ext:\n',
        '  two:\n    physical_network: outer2\n' +
          '    subnets: { two: { cidr: «10.0.0.128/25, enable_dhcp: false, address_scope: blue } }\n  ext:\n',
      ],
      ['  outer: {}', '  outer: {}\n  outer2: {}'],
    ),
  ],
];
