import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import type { PortRange } from '../../net/ports.ts';
import { programText } from '../../programs/text.ts';

/** Returns a command that runs conntrack(8), which exits with 1 if it finds nothing to delete. */
export function conntrackRun(netns: Netns, ...argv: string[]): Command {
  return { tool: 'exec', netns, argv, ok: [0, 1] };
}

const DELETE_RANGE = programText(new URL('./delete-range.sh', import.meta.url));

/**
 * Deletes the connections that match a filter of conntrack(8), and only those to these ports if given. With ports, the
 * filter has a protocol.
 */
export function deleteConnections(netns: Netns, filter: readonly string[], ports?: PortRange): Command {
  if (ports === undefined) return conntrackRun(netns, 'conntrack', '-D', ...filter);
  const { first, last } = ports;
  if (first === last) return conntrackRun(netns, 'conntrack', '-D', ...filter, '--orig-port-dst', String(first));
  return conntrackRun(netns, 'sh', '-c', DELETE_RANGE, 'sh', String(first), String(last), ...filter);
}
