import { valueOf } from '../../diff/by-location.ts';
import type { Change } from '../../model/change.ts';
import type { Subject } from '../../model/subject.ts';
import type { SubjectFinder } from './finder.ts';

/** A line that a change adds or removes, with the subject that it comes from; `undefined`: the object's. */
export interface ChangedLine {
  readonly text: string;
  readonly subject: Subject | undefined;
}

/** The lines that an update adds and removes. */
export interface ChangedLines {
  readonly added: readonly ChangedLine[];
  readonly removed: readonly ChangedLine[];
}

/**
 * The words that lines had before, and their subjects: a rule whose only difference is the word `203.0.113.20/32`
 * belongs to the floating IP that now has another address. By the namespace of the lines.
 */
export type FormerWords = Map<string, Map<string, Subject>>;

/** Returns the lines that an update adds and removes. Notes the words they had before. */
export function changedLines(change: Change, finder: SubjectFinder, former: FormerWords): ChangedLines | undefined {
  const { action, desired, fields } = change;
  if (action !== 'update') return undefined;
  const field = fields.find(({ from, to }) => isLines(from) && isLines(to));
  if (!field || !isLines(field.from) || !isLines(field.to)) return undefined;
  const [before, after] = [field.from, field.to];
  const origins = desired?.lineOrigins?.length === after.length ? desired.lineOrigins : [];
  const own = desired && finder.ofPath(desired.origin.path);
  const subjects = new Map(
    after.map((text, i) => {
      const path = origins[i]?.path;
      return [text, path === undefined ? own : finder.ofPath(path)];
    }),
  );
  const known = new Set(before);
  const added = after.filter((text) => !known.has(text)).map((text) => ({ text, subject: subjects.get(text) }));
  const words = valueOf(former, locationOf(change), () => new Map<string, Subject>());
  const rivals = byFrame(added);
  const removed = before.flatMap((text, i): readonly ChangedLine[] => {
    if (subjects.has(text)) return [];
    const pair = pairOf(text, rivals);
    if (pair?.line.subject) words.set(pair.word, pair.line.subject);
    const named = pair?.line.subject ?? finder.ofLine(text);
    return [{ text, subject: named === 'none' ? neighbourOf(before, i, subjects, own) : named }];
  });
  return { added, removed };
}

const ADDRESS = /\d+\.\d+\.\d+\.\d+|:[0-9a-f]*:/;

/**
 * Returns the subject of the nearest line that remains, if it is not the object's own: a removed rule of a security
 * group is among the group's others. A line with an address belongs to what has the address.
 */
function neighbourOf(
  lines: readonly string[],
  at: number,
  subjects: ReadonlyMap<string, Subject | undefined>,
  own: Subject | undefined,
): Subject | undefined {
  if (ADDRESS.test(lines[at] ?? '')) return undefined;
  const above = lines.slice(0, at).findLast((line) => subjects.has(line));
  const below = lines.slice(at + 1).find((line) => subjects.has(line));
  return [above, below].map((line) => subjects.get(line ?? '')).find((subject) => subject !== own);
}

/** Returns the subject that had this word before. */
export function formerSubject(former: FormerWords, change: Change, word: string): Subject | undefined {
  return former.get(locationOf(change))?.get(word);
}

function locationOf({ node, netns }: Change): string {
  return `${node}/${netns ?? '-'}`;
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Lines by all but one of their words. */
function byFrame(lines: readonly ChangedLine[]): ReadonlyMap<string, ChangedLine> {
  const found = new Map<string, ChangedLine>();
  for (const line of lines) {
    for (const { frame } of framesOf(line.text)) if (!found.has(frame)) found.set(frame, line);
  }
  return found;
}

/** Returns the added line that differs from a removed one in one word, and that word; the last word first. */
function pairOf(
  text: string,
  added: ReadonlyMap<string, ChangedLine>,
): { readonly line: ChangedLine; readonly word: string } | undefined {
  for (const { frame, word } of framesOf(text)) {
    const line = added.get(frame);
    if (line) return { line, word };
  }
  return undefined;
}

/** Returns a line without each of its words, the last first. */
function framesOf(text: string): readonly { readonly frame: string; readonly word: string }[] {
  const words = text.split(' ');
  return words.map((word, i) => ({ frame: words.with(i, '\0').join(' '), word })).reverse();
}
