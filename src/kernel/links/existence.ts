import type { Existence } from '../../model/existence.ts';
import { formatMark } from '../../model/mark.ts';
import type { Netns } from '../../model/resource.ts';

/** Returns the test of a link. If it is marked, its alias identifies it as the topology's. */
export function linkExistence(netns: Netns, device: string, topology: string, marked: boolean): Existence {
  const argv = ['ip', '-o', 'link', 'show', 'dev', device];
  return { netns, argv, ...(marked && { identity: `alias ${formatMark({ topology, tokens: [] })}` }) };
}
