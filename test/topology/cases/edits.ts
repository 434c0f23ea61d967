import { edited } from '../support.ts';

/** The base with more fields of the port of its instance. */
export function port(more: string): string {
  const id = 'id: 22222222-0000-0000-0000-000000000001';
  return edited([id, `${id}, ${more}`]);
}

export const FIXED = 'fixed_ip_address: 10.0.0.11,';

/** The base with Open vSwitch on both nodes, edited. */
export function switched(...edits: readonly (readonly [from: string, to: string])[]): string {
  return edited(
    ['    roles: [network]\n', '    roles: [network]\n    mechanism: openvswitch\n'],
    ['    roles: [compute]\n', '    roles: [compute]\n    mechanism: openvswitch\n'],
    ...edits,
  );
}
