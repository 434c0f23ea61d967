import type { PortRange } from '../net/ports.ts';
import type { PortForwarding } from './types.gen.ts';

/** The external ports of a port forwarding: those of the floating IP. */
export function externalPorts({ external_port, external_port_range }: PortForwarding): PortRange | undefined {
  return portRange(external_port, external_port_range);
}

/** The internal ports of a port forwarding: those of the instance. */
export function internalPorts({ internal_port, internal_port_range }: PortForwarding): PortRange | undefined {
  return portRange(internal_port, internal_port_range);
}

function portRange(port: number | undefined, range: string | undefined): PortRange | undefined {
  if (port !== undefined) return { first: port, last: port };
  if (range === undefined) return undefined;
  const [first = 0, last = 0] = range.split(':').map(Number);
  return { first, last };
}
