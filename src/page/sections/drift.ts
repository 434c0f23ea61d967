import type { ChangeGroup, Plan } from '../../model/plan.ts';
import { count } from '../../render/columns.ts';
import { clean } from '../../render/clean.ts';
import { groupWords } from '../../render/plan/headline.ts';
import type { DriftRow } from '../wire/changes.ts';

/** The differences that came and went while the page was watching. */
export interface DriftLog {
  /** Compares a plan with the one before. `source`: what the file was, which tells its changes from those of a node. */
  see(plan: Pick<Plan, 'groups'>, source: unknown, now: number): readonly DriftRow[];
  /** The differences, the last first. */
  readonly rows: readonly DriftRow[];
}

/** The most entries that are kept. */
const MOST = 200;

/** Creates an empty log. What differs when the page begins to watch is no drift: the plan shows it. */
export function createDriftLog(): DriftLog {
  let rows: readonly DriftRow[] = [];
  let before: { readonly labels: ReadonlySet<string>; readonly source: unknown } | undefined;
  let next = 1;
  return {
    get rows() {
      return rows;
    },
    see({ groups }, source, now) {
      const labels = new Map(groups.map((group) => [groupWords(group), group]));
      const closed = rows.map((row) => (row.healed === null && !labels.has(row.label) ? { ...row, healed: now } : row));
      const cause = before?.source === source ? 'node' : 'file';
      const open = new Map(closed.filter(({ healed }) => healed === null).map((row) => [row.label, row]));
      const updated = closed.map((row) => {
        const group = row.healed === null ? labels.get(row.label) : undefined;
        return group ? { ...row, counts: wordsOf(group), impact: group.impact } : row;
      });
      const came =
        before === undefined ? [] : [...labels].filter(([label]) => !open.has(label) && !before?.labels.has(label));
      const fresh = came.map(([label, group]): DriftRow => entry(next++, label, group, cause, now));
      rows = [...fresh.toReversed(), ...updated].slice(0, MOST);
      before = { labels: new Set(labels.keys()), source };
      return rows;
    },
  };
}

function entry(id: number, label: string, group: ChangeGroup, cause: DriftRow['cause'], at: number): DriftRow {
  return { id, at, healed: null, cause, label, counts: wordsOf(group), impact: group.impact };
}

/** A plan tells what it does; drift is what is so until then. */
const WORDS = { create: 'missing', update: 'different', replace: 'different', delete: 'not in the file' } as const;

/** Returns what differs on each node: `1 rule missing on controller`. */
function wordsOf({ counts }: ChangeGroup): readonly string[] {
  return counts.map(
    ({ node, action, one, many, number }) => `${count(number, one, many)} ${WORDS[action]} on ${clean(node)}`,
  );
}
