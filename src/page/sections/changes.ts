import { IMPACTS, NODE_AND_FILE, type Change } from '../../model/change.ts';
import type { ChangeGroup, Plan } from '../../model/plan.ts';
import { kindWord } from '../../model/resource.ts';
import { clean } from '../../render/clean.ts';
import { paint } from '../../render/colour.ts';
import { countLines } from '../../render/plan/counts.ts';
import { detailsOf, feltBy, groupWords, impactTotals } from '../../render/plan/headline.ts';
import { openBody, reason } from '../../render/plan/objects.ts';
import { countChanges, summaryLine } from '../../render/plan/summary.ts';
import { planChecksum } from '../../session/saved-plan.ts';
import type { ChangeRow, GroupRow, PlanSection } from '../wire/changes.ts';

/** The most changes that are sent with their fields. */
const MOST_LISTED = 400;
/** The most lines of one change. */
const MOST_LINES = 60;

/** Returns a plan by object of the topology, as `plan` prints it; `null` without changes. */
export function planSection(plan: Plan): PlanSection | null {
  if (plan.changes.length === 0) return null;
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const listed = new Set(plan.changes.slice(0, MOST_LISTED).map(({ address }) => address));
  const rowsOf = (group: ChangeGroup): readonly ChangeRow[] =>
    group.changes.flatMap((address) => {
      const change = listed.has(address) ? changes.get(address) : undefined;
      return change ? [changeRow(change)] : [];
    });
  return {
    checksum: planChecksum(plan),
    words: summaryLine(plan),
    counts: countChanges(plan.changes),
    impacts: impactTotals(plan.groups, IMPACTS),
    groups: plan.groups.map((group) => groupRow(group, rowsOf(group))),
    notes: (plan.notes ?? []).map(({ path, text }) => `${clean(path)}: ${clean(text)}`),
    unlisted: plan.changes.length - listed.size,
  };
}

function groupRow(group: ChangeGroup, changes: readonly ChangeRow[]): GroupRow {
  return {
    label: groupWords(group),
    details: detailsOf(group).trim(),
    action: group.action,
    impact: group.impact,
    feels: clean(feltBy(group)),
    counts: countLines(group.counts),
    changes,
  };
}

/** Returns one change, without secrets. */
function changeRow(change: Change): ChangeRow {
  const look = { colours: paint(false), fold: false, sides: NODE_AND_FILE };
  const { beside, below } = openBody(change, look);
  const lines = [...(beside === '' ? [] : [beside]), ...below];
  const more = lines.length > MOST_LINES ? [`… and ${String(lines.length - MOST_LINES)} more lines`] : [];
  return {
    action: change.action,
    what: clean(`${kindWord(change.kind)} ${change.name}`),
    node: clean(change.node),
    netns: clean(change.netns ?? ''),
    impact: change.impact,
    reason: reason(change),
    lines: [...lines.slice(0, MOST_LINES), ...more],
  };
}
