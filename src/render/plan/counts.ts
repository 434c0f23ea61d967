import type { Action } from '../../model/change.ts';
import type { Counted } from '../../model/plan.ts';
import { clean } from '../clean.ts';
import { count } from '../columns.ts';

const DONE: Readonly<Record<Action, string>> = {
  create: 'created',
  update: 'changed',
  replace: 'replaced',
  delete: 'deleted',
};

const ORDER: readonly Action[] = ['create', 'update', 'replace', 'delete'];

/** From this many nodes on, their objects are counted together. */
const MANY_NODES = 4;

/** Returns the counts of objects in lines, one per node: `3 links, 1 namespace, 41 rules created on node1`. */
export function countLines(counts: readonly Counted[], together = MANY_NODES): readonly string[] {
  const nodes = [...new Set(counts.map(({ node }) => node))];
  if (nodes.length < together)
    return nodes.map((node) => `${countText(counts.filter((one) => one.node === node))} on ${clean(node)}`);
  return [`${countText(counts)} on ${count(nodes.length, 'node')}`];
}

/** Returns the counts by action, with those of several nodes added up. */
function countText(counts: readonly Counted[]): string {
  const byAction = new Map<Action, Map<string, Counted>>();
  for (const counted of counts) {
    const words = byAction.get(counted.action) ?? new Map<string, Counted>();
    const number = (words.get(counted.one)?.number ?? 0) + counted.number;
    byAction.set(counted.action, words.set(counted.one, { ...counted, number }));
  }
  return ORDER.flatMap((action) => {
    const parts = [...(byAction.get(action)?.values() ?? [])].map(({ number, one, many }) => count(number, one, many));
    return parts.length === 0 ? [] : [`${parts.join(', ')} ${DONE[action]}`];
  }).join('; ');
}
