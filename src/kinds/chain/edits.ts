import { diffArrays } from 'diff';
import type { ChainEdit } from '../../model/command.ts';

/**
 * Returns the fewest edits that turn the rules of a chain into the desired ones. Each position counts in the chain as
 * the edits before left it. Rules that stay are not touched, so their counters continue.
 */
export function chainEdits(from: readonly string[], to: readonly string[]): ChainEdit[] {
  const edits: ChainEdit[] = [];
  let position = 1;
  for (const part of diffArrays([...from], [...to])) {
    for (const rule of part.value) {
      if (part.removed) {
        edits.push({ op: 'delete', position });
      } else {
        if (part.added) edits.push({ op: 'insert', position, rule });
        position += 1;
      }
    }
  }
  return edits;
}

/**
 * The same for a chain that we share: `all` is the whole chain, of which only the rules that `isOurs` are compared.
 * Each desired rule goes directly behind the one before it, the first of them to the top, so the order of foreign rules
 * does not change. The last one goes to the end if others of ours are there: it may have been behind foreign rules.
 */
export function sharedChainEdits(
  all: readonly string[],
  isOurs: (rule: string) => boolean,
  to: readonly string[],
): ChainEdit[] {
  const ours = all.map((rule, index) => ({ rule, index })).filter(({ rule }) => isOurs(rule));
  const edits: ChainEdit[] = [];
  let shift = 0;
  let behind = 0;
  let next = 0;
  let placed = 0;
  for (const part of diffArrays(
    ours.map(({ rule }) => rule),
    [...to],
  )) {
    for (const rule of part.value) {
      if (part.added) {
        placed += 1;
        if (placed === to.length && next === ours.length && ours.length > 0) {
          edits.push({ op: 'append', rule });
          continue;
        }
        edits.push({ op: 'insert', position: behind + 1, rule });
        shift += 1;
        behind += 1;
        continue;
      }
      const position = (ours[next]?.index ?? 0) + 1 + shift;
      next += 1;
      if (part.removed) {
        edits.push({ op: 'delete', position });
        shift -= 1;
      } else {
        behind = position;
        placed += 1;
      }
    }
  }
  return edits;
}

/**
 * Returns the edits that move our rules in front of the first foreign rule that `overrides` them, in their order. Rules
 * before that one stay, foreign ones too.
 */
export function editsToFront(
  all: readonly string[],
  isOurs: (rule: string) => boolean,
  overrides: (rule: string) => boolean,
): ChainEdit[] {
  const first = all.findIndex(overrides);
  const late = first < 0 ? [] : all.flatMap((rule, at) => (at > first && isOurs(rule) ? [{ rule, at }] : []));
  return late.flatMap(({ rule, at }, moved): ChainEdit[] => [
    // The rules moved before it are in front of it as well: its position is still that of the chain as it was.
    { op: 'delete', position: at + 1 },
    { op: 'insert', position: first + moved + 1, rule },
  ]);
}

/** Returns a chain as edits leave it. */
export function edited(all: readonly string[], edits: readonly ChainEdit[]): readonly string[] {
  const rules = [...all];
  for (const edit of edits) {
    if (edit.op === 'insert') rules.splice(edit.position - 1, 0, edit.rule);
    else if (edit.op === 'delete') rules.splice(edit.position - 1, 1);
    else if (edit.op === 'append') rules.push(edit.rule);
  }
  return rules;
}
