import type { Outcome, Probe } from '../../verify/probe.ts';
import { clean } from '../clean.ts';
import { align } from '../align.ts';
import type { Paint } from '../colour.ts';

/** Returns outcomes as a table, with a summary. */
export function renderOutcomes(
  outcomes: readonly Outcome[],
  warnings: number,
  colours: Paint,
  columns = Infinity,
): string {
  const rows = outcomes.map((outcome) => row(outcome, colours));
  const good = outcomes.filter((outcome) => outcome.ok).length;
  const sum = `${String(good)} of ${String(outcomes.length)} as expected`;
  const rest = warnings === 0 ? '' : `, ${String(warnings)} not tried`;
  const paint = good === outcomes.length ? colours.green : colours.red;
  return [...align(rows, '', columns), '', paint(colours.bold(`${sum}${rest}.`)), ''].join('\n');
}

function row({ probe, ok, answered, detail }: Outcome, colours: Paint): readonly string[] {
  const mark = ok ? colours.green('✔') : colours.red('✘');
  const arrow = probe.succeeds ? '→' : '↛';
  const path = `${clean(probe.from)} ${arrow} ${clean(probe.to)}`;
  const asked = probe.port ?? probe.name;
  const protocol = asked === undefined ? probe.protocol : `${probe.protocol} ${clean(String(asked))}`;
  const seen = clean(detail);
  const words = ok ? expected(probe, answered, seen) : unexpected(probe, answered, seen);
  return [mark, path, protocol, ok ? words : colours.red(words)];
}

/** Any reply of a name server is an answer, whatever was expected. */
function expected({ protocol }: Probe, answered: boolean, detail: string): string {
  if (answered) return detail;
  if (protocol === 'dns') return `${detail}, as expected`;
  return `no answer, as expected${detail === 'no answer' ? '' : ` (${detail})`}`;
}

function unexpected({ protocol, succeeds }: Probe, answered: boolean, detail: string): string {
  if (protocol === 'dns') return succeeds ? detail : `${detail}, and should not be`;
  if (!succeeds) return `answers, and should not (${detail})`;
  return answered ? detail : `${detail}${detail === 'no answer' ? '' : ' (no answer)'}`;
}
