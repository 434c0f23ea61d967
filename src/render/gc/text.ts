import type { Found, Survey } from '../../gc/found.ts';
import type { Trace } from '../../model/trace.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { align } from '../align.ts';
import { count } from '../columns.ts';
import { SORTS } from './words.ts';

/** Returns a survey for people: a line per topology and node. */
export function renderSurvey({ topologies }: Survey, colours: Paint, columns = Infinity): string {
  if (topologies.length === 0) return `${colours.green('No object here has the mark of a topology.')}\n`;
  const rows = topologies.flatMap((found) => rowsOf(found));
  const head = `${count(topologies.length, 'topology', 'topologies')} found:`;
  return `${[colours.bold(head), ...align(rows, '  ', columns)].join('\n')}\n`;
}

function rowsOf({ topology, traces }: Found): readonly (readonly string[])[] {
  const byNode = new Map<string, Trace[]>();
  for (const trace of traces) byNode.set(trace.node, [...(byNode.get(trace.node) ?? []), trace]);
  return [...byNode].map(([node, some]) => [clean(topology), clean(node), sums(some)]);
}

function sums(traces: readonly Trace[]): string {
  return Object.entries(SORTS)
    .map(([sort, { one, many }]) => [traces.filter((trace) => trace.sort === sort).length, one, many] as const)
    .filter(([number]) => number > 0)
    .map((sum) => count(...sum))
    .join(', ');
}
