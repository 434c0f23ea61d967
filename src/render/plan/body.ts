import type { Change, FieldChange, Sides } from '../../model/change.ts';
import { clean } from '../clean.ts';
import { count } from '../columns.ts';
import type { Paint } from '../colour.ts';
import { describe } from './describe.ts';
import { allLines, unifiedDiff } from './unified.ts';
import { formatValue, linesOf } from './value.ts';

/** Fields whose values are lists of lines, whatever their length. */
const LINE_FIELDS = ['rules', 'members', 'content', 'order'] as const;
/** A description up to this length is on the line of its change. */
const SHORT = 32;

/** What is shown of a change besides its address: a short text beside it, and lines below. */
export interface Body {
  readonly beside: string;
  readonly below: readonly string[];
}

/** How objects are shown. */
export interface ObjectLook {
  readonly colours: Paint;
  /** Sum up the fields of new and deleted objects. */
  readonly fold: boolean;
  readonly sides: Sides;
}

/** Returns the body of a change. */
export function changeBody(change: Change, { colours, fold, sides }: ObjectLook): Body {
  if (change.action === 'update' || change.action === 'replace') {
    return { beside: '', below: change.fields.flatMap((field) => fieldLines(field, colours, sides)) };
  }
  const isNew = change.action === 'create';
  const spec = isNew ? change.desired?.spec : change.observed?.spec;
  const words = describe(change.kind, spec);
  const lines = contentOf(spec);
  if (fold) return { beside: lines.length === 0 ? '' : count(lines.length, 'line'), below: [] };
  const below = allLines(isNew ? '+' : '-', lines, colours);
  return words.length <= SHORT ? { beside: words, below } : { beside: '', below: [colours.dim(words), ...below] };
}

function fieldLines(field: FieldChange, colours: Paint, sides: Sides): readonly string[] {
  const suffix = field.replace === true ? colours.dim(' (forces replacement)') : '';
  const from = linesOf(field.from);
  const to = linesOf(field.to);
  const isLines = LINE_FIELDS.some((name) => name === field.field);
  if (from && to && (isLines || from.length > 1 || to.length > 1)) {
    const legend = `(- ${clean(sides.from)}, + ${clean(sides.to)}):${suffix}`;
    return [`${formatValue(field.field)} ${legend}`, ...unifiedDiff(from, to, colours)];
  }
  const old = colours.red(formatValue(field.from));
  return [`${formatValue(field.field)}: ${old} → ${colours.green(formatValue(field.to))}${suffix}`];
}

/** Returns the rules of a chain, the members of a set, or the text of a file. */
function contentOf(spec: unknown): readonly string[] {
  if (spec === null || typeof spec !== 'object') return [];
  const fields = spec as Readonly<Record<string, unknown>>;
  return LINE_FIELDS.flatMap((name) => linesOf(fields[name]) ?? []);
}
