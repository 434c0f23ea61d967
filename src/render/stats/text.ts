import type { Stage, Stats } from '../../model/stats.ts';
import { align } from '../align.ts';

const STAGES: Readonly<Record<Stage, string>> = {
  check: 'parse and check the file',
  compile: 'compile it',
  open: 'open the nodes',
  lock: 'lock the nodes',
  read: 'read the nodes',
  plan: 'plan',
  apply: 'apply, and read again',
  close: 'close the nodes',
};

/** Returns what a session took, as text. `milliseconds`: since the process began. */
export function statsText({ stages, tally, desired, observed, remembered }: Stats, milliseconds: number): string {
  const rows = [
    ...[...stages].map(([stage, time]) => [STAGES[stage], `${time.toFixed(1)} ms`]),
    ['since netloom was started', `${milliseconds.toFixed(1)} ms`],
    ['shells started', String(tally.shells)],
    ['scripts run', String(tally.scripts)],
    ['bytes written', String(tally.written)],
    ['bytes read', String(tally.read)],
    ['processes started to read', String(tally.processes)],
    ['outputs cached', String(tally.hits)],
    ['outputs not cached', String(tally.misses)],
    ['objects desired', String(desired)],
    ['objects observed', String(observed)],
    ['plan remembered', remembered ? 'yes' : 'no'],
  ];
  const width = Math.max(...rows.map(([, value = '']) => value.length));
  const lines = align(
    rows.map(([name = '', value = '']) => [name, value.padStart(width)]),
    '  ',
  );
  return `\nStatistics; nodes are read while the file is checked and compiled:\n${lines.join('\n')}\n`;
}
