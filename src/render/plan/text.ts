import { NODE_AND_FILE } from '../../model/change.ts';
import type { Plan } from '../../model/plan.ts';
import type { Paint } from '../colour.ts';
import { briefLines } from './brief.ts';
import { groupLines } from './groups.ts';
import { objectLines } from './objects.ts';
import { summaryLine } from './summary.ts';

/** From this many changes on, the fields of new and deleted objects are summed up where all objects are listed. */
export const FOLD_FROM = 400;

/**
 * What is shown of a plan. Default: a line for each object of the topology, with the number of its objects on the
 * nodes. `brief`: a line for each type of them. `objects`: every object of the nodes. `full`: with all fields.
 */
export type PlanDetail = 'full' | 'objects' | 'brief' | undefined;

export interface PlanTextOptions {
  readonly colours: Paint;
  readonly detail?: PlanDetail;
}

/** Returns a plan for people: what happens to the objects of the topology or of the nodes, and the summary. */
export function renderPlan(plan: Plan, { colours, detail }: PlanTextOptions): string {
  if (plan.changes.length === 0) {
    const tint = plan.foreign.length === 0 && plan.leftOut.length === 0 ? colours.green : colours.yellow;
    return `${tint(summaryLine(plan))}\n`;
  }
  return `${[...changeLines(plan, colours, detail), colours.bold(summaryLine(plan))].join('\n')}\n`;
}

function changeLines(plan: Plan, colours: Paint, detail: PlanDetail): readonly string[] {
  const { sides = NODE_AND_FILE } = plan;
  switch (detail) {
    case undefined:
      return groupLines(plan, colours);
    case 'brief':
      return briefLines(plan, colours);
    case 'full':
      return objectLines(plan.changes, { colours, fold: false, sides });
    case 'objects': {
      const fold = plan.changes.length >= FOLD_FROM;
      const note = fold
        ? [colours.dim('New and deleted objects are summed up; --full shows all their fields.'), '']
        : [];
      return [...objectLines(plan.changes, { colours, fold, sides }), ...note];
    }
  }
}
