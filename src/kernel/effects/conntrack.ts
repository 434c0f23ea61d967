import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import type { PortRange } from '../../net/ports.ts';
import { programText } from '../../programs/text.ts';

/** conntrack(8) prints this, and deletes no more, if a connection ends between its being listed and its deletion. */
const ENDED_MEANWHILE = "such conntrack doesn't exist";

/**
 * Returns a command of conntrack(8) that deletes connections. It exits with 1 if it finds none, and also after an
 * error: only what it prints tells.
 */
function conntrackDelete(netns: Netns, ...filter: string[]): Command {
  const argv = ['conntrack', '-D', ...filter];
  return { tool: 'exec', netns, argv, ok: [0, 1], says: 'flow entries have been deleted', again: ENDED_MEANWHILE };
}

const FUNCTIONS = programText(new URL('./conntrack.sh', import.meta.url));

/** Returns a command that runs a program over the functions of conntrack.sh. */
export function conntrackProgram(netns: Netns, program: string, ...words: string[]): Command {
  return { tool: 'exec', netns, argv: ['sh', '-c', `${FUNCTIONS}${program}`, 'sh', ...words] };
}

const DELETE_RANGE = programText(new URL('./delete-range.sh', import.meta.url));

/**
 * Deletes the connections that match a filter of conntrack(8), and only those to these ports if given. With ports, the
 * filter has a protocol.
 */
export function deleteConnections(netns: Netns, filter: readonly string[], ports?: PortRange): Command {
  if (ports === undefined) return conntrackDelete(netns, ...filter);
  const { first, last } = ports;
  if (first === last) return conntrackDelete(netns, ...filter, '--orig-port-dst', String(first));
  return conntrackProgram(netns, DELETE_RANGE, String(first), String(last), ...filter);
}
