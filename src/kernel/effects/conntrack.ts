import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import type { PortRange } from '../../net/ports.ts';
import { programText } from '../../programs/text.ts';

/** conntrack(8) exits with 1 when it finds nothing to delete. */
export function conntrackRun(netns: Netns, ...argv: string[]): Command {
  return { tool: 'exec', netns, argv, ok: [0, 1] };
}

const DELETE_RANGE = programText(new URL('./delete-range.sh', import.meta.url));

/**
 * Deletes the connections that a filter of conntrack(8) finds, of those only what is for these ports. A protocol stands
 * in the filter where ports are said.
 */
export function deleteConnections(netns: Netns, filter: readonly string[], ports?: PortRange): Command {
  if (ports === undefined) return conntrackRun(netns, 'conntrack', '-D', ...filter);
  const { first, last } = ports;
  if (first === last) return conntrackRun(netns, 'conntrack', '-D', ...filter, '--orig-port-dst', String(first));
  return conntrackRun(netns, 'sh', '-c', DELETE_RANGE, 'sh', String(first), String(last), ...filter);
}
