import type { Backend, OnMechanism } from './backend.ts';
import { linuxbridge } from './linuxbridge.ts';
import { openvswitch } from './openvswitch.ts';

const BACKENDS = { linuxbridge, openvswitch } as const satisfies Readonly<Record<OnMechanism['mechanism'], Backend>>;

/** Returns the backend of a bridge, a NIC or a port. */
export function backendOf({ mechanism }: OnMechanism): Backend {
  return BACKENDS[mechanism];
}
