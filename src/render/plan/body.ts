import type { Change, FieldChange } from '../../model/change.ts';
import { count } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { unifiedDiff } from './unified.ts';
import { facts, formatValue, linesOf } from './value.ts';

/** Fields whose values are lists of lines, whatever their length. */
const LINE_FIELDS: ReadonlySet<string> = new Set(['rules', 'content']);

/** What is shown below a change's line. `fold`: new and removed objects are summed up in one line. */
export function changeBody(change: Change, colours: Paint, fold: boolean): readonly string[] {
  if (change.action === 'update' || change.action === 'replace') {
    return change.fields.flatMap((field) => fieldLines(field, colours));
  }
  const spec = change.action === 'create' ? change.desired?.spec : change.observed?.spec;
  return wholeObject(spec, change.action, colours, fold);
}

function fieldLines(field: FieldChange, colours: Paint): readonly string[] {
  const suffix = field.replace === true ? colours.dim(' (cannot be altered in place)') : '';
  const from = linesOf(field.from);
  const to = linesOf(field.to);
  if (from && to && (LINE_FIELDS.has(field.field) || from.length > 1 || to.length > 1)) {
    return [`${formatValue(field.field)}:${suffix}`, ...unifiedDiff(from, to, colours)];
  }
  const old = colours.red(formatValue(field.from));
  return [`${formatValue(field.field)}: ${old} → ${colours.green(formatValue(field.to))}${suffix}`];
}

function wholeObject(spec: unknown, action: 'create' | 'delete', colours: Paint, fold: boolean): readonly string[] {
  if (spec === null || typeof spec !== 'object') return [];
  const rest: Record<string, unknown> = {};
  const blocks: string[] = [];
  for (const [key, value] of Object.entries(spec) as [string, unknown][]) {
    const lines = LINE_FIELDS.has(key) ? (linesOf(value) ?? []) : undefined;
    if (lines === undefined) rest[key] = value;
    else if (fold) rest[key] = lines.length === 0 ? undefined : count(lines.length, 'line');
    else blocks.push(...(action === 'create' ? unifiedDiff([], lines, colours) : unifiedDiff(lines, [], colours)));
  }
  const line = facts(rest)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
  return [...(line === '' ? [] : [colours.dim(line)]), ...blocks];
}
