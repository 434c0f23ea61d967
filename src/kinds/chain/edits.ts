import { diffArrays } from 'diff';
import type { ChainEdit } from '../../model/command.ts';

/**
 * The fewest edits that turn the rules of a chain into the wanted ones, each position counted in the chain as the edits
 * before it left it. Rules that stay are not touched, so their counters go on.
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
 * The same for a chain we share: `all` is the whole chain, of which only the rules that `isOurs` are looked at. Each wanted rule goes
 * right behind the one before it, the first of them to the top, so the others' order is theirs. The last one goes to the end when others
 * of ours stand: it may have stood behind strangers.
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
  let wanted = 0;
  for (const part of diffArrays(
    ours.map(({ rule }) => rule),
    [...to],
  )) {
    for (const rule of part.value) {
      if (part.added) {
        wanted += 1;
        if (wanted === to.length && next === ours.length && ours.length > 0) {
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
        wanted += 1;
      }
    }
  }
  return edits;
}
