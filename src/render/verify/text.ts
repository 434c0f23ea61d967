import type { Outcome, Probe, Result } from '../../verify/probe.ts';
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
  const undecided = outcomes.filter(({ result }) => result === 'undecided').length;
  const sum = `${String(good)} of ${String(outcomes.length)} as expected`;
  const open = undecided === 0 ? '' : `, ${String(undecided)} undecided`;
  const rest = warnings === 0 ? '' : `, ${String(warnings)} not tried`;
  const paint = good === outcomes.length ? colours.green : colours.red;
  return [...align(rows, '', columns), '', paint(colours.bold(`${sum}${open}${rest}.`)), ''].join('\n');
}

function row({ probe, ok, result, detail }: Outcome, colours: Paint): readonly string[] {
  const mark = ok ? colours.green('✔') : result === 'undecided' ? colours.red('?') : colours.red('✘');
  const arrow = probe.succeeds === true ? '→' : '↛';
  const path = `${clean(probe.from)} ${arrow} ${clean(probe.to)}`;
  const asked = probe.port ?? probe.name;
  const protocol = asked === undefined ? probe.protocol : `${probe.protocol} ${clean(String(asked))}`;
  const seen = clean(detail);
  const words = ok ? expected(probe, result, seen) : unexpected(probe, result, seen);
  return [mark, path, protocol, ok ? words : colours.red(words)];
}

function expected({ succeeds }: Probe, result: Result, detail: string): string {
  if (succeeds === true) return detail;
  if (result === 'other') return `${detail}, as expected`;
  const word = result === 'refused' ? 'refused' : 'no answer';
  return `${word}, as expected${detail === word ? '' : ` (${detail})`}`;
}

function unexpected({ protocol, succeeds }: Probe, result: Result, detail: string): string {
  if (result === 'undecided') return `undecided: ${detail}`;
  if (protocol === 'dns') return succeeds === true ? detail : `${detail}, and should not be`;
  if (result === 'refused') return withDetail('refused', detail);
  if (succeeds === true) return result === 'answered' ? detail : withDetail('no answer', detail);
  if (succeeds === 'refused') {
    return result === 'answered'
      ? `answers, and should be refused (${detail})`
      : `${withDetail('no answer', detail)}, not refused`;
  }
  return `answers, and should not (${detail})`;
}

function withDetail(word: string, detail: string): string {
  return detail === word ? word : `${word} (${detail})`;
}
