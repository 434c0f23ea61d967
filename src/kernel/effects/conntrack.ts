import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import type { PortRange } from '../../net/ports.ts';

/** conntrack(8) exits with 1 when it finds nothing to delete. */
export function conntrackRun(netns: Netns, ...argv: string[]): Command {
  return { tool: 'exec', netns, argv, ok: [0, 1] };
}

/**
 * conntrack(8) finds connections by one port, not by a range, and one process for each port would be thousands: it is asked which there are.
 * Arguments: first and last port, and the filter.
 */
const DELETE_RANGE = `
first=$1 last=$2; shift 2
conntrack -L "$@" 2>/dev/null | sed -n 's/ dport=\\([0-9]*\\) .*/ \\1/p' | sed 's/.* //' | sort -u | while read -r port; do
  [ "$port" -lt "$first" ] || [ "$port" -gt "$last" ] || conntrack -D "$@" --orig-port-dst "$port"
done
`;

/** Deletes the connections that a filter of conntrack(8) finds, of those only what is for these ports. A protocol stands in the filter where ports are said. */
export function deleteConnections(netns: Netns, filter: readonly string[], ports?: PortRange): Command {
  if (ports === undefined) return conntrackRun(netns, 'conntrack', '-D', ...filter);
  const { first, last } = ports;
  if (first === last) return conntrackRun(netns, 'conntrack', '-D', ...filter, '--orig-port-dst', String(first));
  return conntrackRun(netns, 'sh', '-c', DELETE_RANGE, 'sh', String(first), String(last), ...filter);
}
