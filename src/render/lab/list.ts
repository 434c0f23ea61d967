import { isAbsolute, relative } from 'node:path';
import type { LabSummary } from '../../lab/index.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { table } from '../table.ts';

/** Returns labs as a table: a line each. A file's path that does not fit is cut at its beginning. */
export function renderLabList(
  labs: readonly LabSummary[],
  { colours, columns, folder }: { readonly colours: Paint; readonly columns: number; readonly folder: string },
): string {
  if (labs.length === 0) return 'No lab runs.\n';
  const rows = labs.map(({ name, pid, since, nodes }) => [
    clean(name),
    String(nodes.length),
    String(pid),
    localMinute(new Date(since)),
  ]);
  const head = ['NAME', 'NODES', 'PID', 'SINCE'];
  const taken = head
    .map((word, column) => Math.max(word.length, ...rows.map((row) => row[column]?.length ?? 0)) + GAP)
    .reduce((sum, width) => sum + width, 0);
  const files = labs.map(({ file }) => clipped(shortPath(file, folder), Math.max(columns - taken, LEAST)));
  const all = rows.map((row, index) => [...row, files[index] ?? '']);
  return `${table(
    [...head, 'FILE'].map((word) => colours.dim(word)),
    all,
  )}\n`;
}

/** Spaces between the columns of a table. */
const GAP = 2;

/** The columns of a file on the narrowest terminal. */
const LEAST = 12;

function shortPath(file: string | null, folder: string): string {
  if (file === null) return '-';
  const path = relative(folder, file);
  return clean(path === '' || path.startsWith('..') || isAbsolute(path) ? file : path);
}

function clipped(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
}

/** `2026-11-29 21:30`, in the time zone of the reader. */
function localMinute(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
