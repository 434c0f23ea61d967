import type { Existence } from '../../model/existence.ts';

/** Returns the test of a port in the database of Open vSwitch. */
export function portExistence(port: string): Existence {
  return { netns: null, argv: ['ovs-vsctl', '--timeout=5', 'port-to-br', port] };
}

/** Returns the test of a bridge in the database of Open vSwitch. */
export function bridgeExistence(bridge: string): Existence {
  return { netns: null, argv: ['ovs-vsctl', '--timeout=5', 'br-exists', bridge] };
}
