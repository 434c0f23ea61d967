import type { Action, Change } from '../../model/change.ts';
import type { Plan } from '../../model/plan.ts';
import { kindWord } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import { pad, width } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { changeWithoutSecrets } from '../sensitive.ts';
import { changeBody } from './body.ts';
import { ACTION_WORDS, summaryLine, SYMBOLS } from './summary.ts';

/** From this many changes on, the fields of new and deleted objects are summed up. */
export const FOLD_FROM = 400;

export type PlanDetail = 'full' | 'brief' | undefined;

export interface PlanTextOptions {
  readonly colours: Paint;
  /**
   * `full`: all fields of new and deleted objects; `brief`: a line per namespace; default: summed up if there are many.
   */
  readonly detail?: PlanDetail;
}

/**
 * Returns a plan for people: the changes by node and namespace, each with its symbol, its impact on traffic, its reason
 * and what changes; then the summary.
 */
export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const { colours } = options;
  if (plan.changes.length === 0) {
    const tint = plan.foreign.length === 0 && plan.leftOut.length === 0 ? colours.green : colours.yellow;
    return `${tint(summaryLine(plan))}\n`;
  }
  if (options.detail === 'brief') return briefPlan(plan, colours);
  const fold = options.detail !== 'full' && plan.changes.length >= FOLD_FROM;
  const lines: string[] = [];
  for (const [heading, changes] of grouped(plan.changes)) {
    lines.push(colours.bold(heading), ...groupLines(changes, colours, fold), '');
  }
  if (fold) lines.push(colours.dim('New and deleted objects are summed up; --full shows all their fields.'), '');
  lines.push(colours.bold(summaryLine(plan)));
  return `${lines.join('\n')}\n`;
}

/** Returns a line per namespace: how many objects of each kind are added, changed and destroyed. */
function briefPlan(plan: Plan, colours: Paint): string {
  const lines = [...grouped(plan.changes)].flatMap(([heading, changes]) => {
    const byAction = new Map<Action, Map<string, number>>();
    for (const { action, kind } of changes) {
      const kinds = byAction.get(action) ?? new Map<string, number>();
      byAction.set(action, kinds.set(kindWord(kind), (kinds.get(kindWord(kind)) ?? 0) + 1));
    }
    const parts = [...byAction].map(([action, kinds]) => {
      const counts = [...kinds].map(([kind, count]) => `${String(count)} ${clean(kind)}`).join(', ');
      return `  ${pad(painters(colours)[action](SYMBOLS[action]), 3)} ${counts}`;
    });
    return [colours.bold(heading), ...parts];
  });
  return `${[...lines, '', colours.bold(summaryLine(plan))].join('\n')}\n`;
}

/** Groups changes by node and namespace, in the order of the changes. */
function grouped(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
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

function groupLines(changes: readonly Change[], colours: Paint, fold: boolean): readonly string[] {
  const names = changes.map((change) => `${clean(kindWord(change.kind))}/${clean(change.name)}`);
  const nameWidth = Math.min(48, Math.max(...names.map(width)));
  const impactWidth = Math.max(...changes.map((change) => change.impact.length));
  return changes.flatMap((change, i) => {
    const symbol = pad(painters(colours)[change.action](SYMBOLS[change.action]), 3);
    const impact = pad(impactText(change, colours), impactWidth);
    const { beside, below } = changeBody(changeWithoutSecrets(change), colours, fold);
    const head = `  ${symbol} ${pad(names[i] ?? '', nameWidth)}  ${impact}  (${reason(change)})`;
    return [beside === '' ? head : `${head}: ${colours.dim(beside)}`, ...below.map((line) => `        ${line}`)];
  });
}

function reason(change: Change): string {
  return change.reason === '' ? ACTION_WORDS[change.action] : clean(change.reason);
}

function impactText(change: Change, colours: Paint): string {
  if (change.impact === 'none') return colours.dim('none');
  return change.impact === 'counters' ? change.impact : colours.yellow(change.impact);
}

function painters(colours: Paint): Readonly<Record<Action, (text: string) => string>> {
  return { create: colours.green, update: colours.yellow, replace: colours.magenta, delete: colours.red };
}
