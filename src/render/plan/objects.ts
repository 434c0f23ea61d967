import type { Action, Change } from '../../model/change.ts';
import { kindWord } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import { pad, width } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { changeWithoutSecrets } from '../../kinds/sensitive.ts';
import { changeBody, type Body, type ObjectLook } from './body.ts';
import { ACTION_WORDS, SYMBOLS } from './summary.ts';

/**
 * Returns the changed objects by node and namespace, each with its symbol, its impact on traffic, its reason and what
 * changes.
 */
export function objectLines(changes: readonly Change[], look: ObjectLook): readonly string[] {
  return [...byNamespace(changes)].flatMap(([heading, list]) => [
    look.colours.bold(heading),
    ...linesOf(list, look),
    '',
  ]);
}

/** Returns the objects of each namespace in lines: how many of each kind are added, changed and destroyed. */
export function namespaceCounts(changes: readonly Change[], colours: Paint): readonly string[] {
  return [...byNamespace(changes)].flatMap(([heading, list]) => {
    const byAction = new Map<Action, Map<string, number>>();
    for (const { action, kind } of list) {
      const kinds = byAction.get(action) ?? new Map<string, number>();
      byAction.set(action, kinds.set(kindWord(kind), (kinds.get(kindWord(kind)) ?? 0) + 1));
    }
    const parts = [...byAction].map(([action, kinds]) => {
      const counts = [...kinds].map(([kind, count]) => `${String(count)} ${clean(kind)}`).join(', ');
      return `  ${pad(symbolOf(action, colours), 3)} ${counts}`;
    });
    return [colours.bold(heading), ...parts];
  });
}

/** Returns the symbol of an action in its colour. */
export function symbolOf(action: Action, colours: Paint): string {
  const paint = { create: colours.green, update: colours.yellow, replace: colours.magenta, delete: colours.red };
  return paint[action](SYMBOLS[action]);
}

/** Groups changes by node and namespace, in the order of the changes. */
function byNamespace(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const nodes = new Map<string, Map<string, Change[]>>();
  for (const change of changes) {
    const namespaces = nodes.get(change.node) ?? new Map<string, Change[]>();
    const list = namespaces.get(change.netns ?? '-') ?? [];
    list.push(change);
    nodes.set(change.node, namespaces.set(change.netns ?? '-', list));
  }
  const groups = new Map<string, readonly Change[]>();
  for (const [node, namespaces] of nodes) {
    for (const [netns, list] of namespaces) groups.set(`${clean(node)}/${clean(netns)}`, list);
  }
  return groups;
}

function linesOf(changes: readonly Change[], look: ObjectLook): readonly string[] {
  const { colours } = look;
  const names = changes.map((change) => `${clean(kindWord(change.kind))}/${clean(change.name)}`);
  const nameWidth = Math.min(48, Math.max(...names.map(width)));
  const impactWidth = Math.max(...changes.map((change) => change.impact.length));
  return changes.flatMap((change, i) => {
    const symbol = pad(symbolOf(change.action, colours), 3);
    const impact = pad(impactText(change, colours), impactWidth);
    const { beside, below } = openBody(change, look);
    const head = `  ${symbol} ${pad(names[i] ?? '', nameWidth)}  ${impact}  (${reason(change)})`;
    return [beside === '' ? head : `${head}: ${colours.dim(beside)}`, ...below.map((line) => `        ${line}`)];
  });
}

/** Returns the body of a change without secrets. */
export function openBody(change: Change, look: ObjectLook): Body {
  return changeBody(changeWithoutSecrets(change), look);
}

/** Returns why an object is changed. */
export function reason(change: Change): string {
  return change.reason === '' ? ACTION_WORDS[change.action] : clean(change.reason);
}

function impactText(change: Change, colours: Paint): string {
  if (change.impact === 'none') return colours.dim('none');
  return change.impact === 'counters' ? change.impact : colours.yellow(change.impact);
}
