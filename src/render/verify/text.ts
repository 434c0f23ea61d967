import type { Outcome } from '../../verify/probe.ts';
import { clean } from '../clean.ts';
import { align } from '../columns.ts';
import type { Paint } from '../colour.ts';

/** Outcomes as a table, and their sum. */
export function renderOutcomes(outcomes: readonly Outcome[], warnings: number, colours: Paint): string {
  const rows = outcomes.map((outcome) => row(outcome, colours));
  const good = outcomes.filter((outcome) => outcome.ok).length;
  const sum = `${String(good)} of ${String(outcomes.length)} as expected`;
  const rest = warnings === 0 ? '' : `, ${String(warnings)} not tried`;
  const paint = good === outcomes.length ? colours.green : colours.red;
  return [...align(rows), '', paint(colours.bold(`${sum}${rest}.`)), ''].join('\n');
}

function row({ probe, ok, answered, detail }: Outcome, colours: Paint): readonly string[] {
  const mark = ok ? colours.green('✔') : colours.red('✘');
  const arrow = probe.succeeds ? '→' : '↛';
  const path = `${clean(probe.from)} ${arrow} ${clean(probe.to)}`;
  const protocol = probe.port === undefined ? probe.protocol : `${probe.protocol} ${String(probe.port)}`;
  return [
    mark,
    path,
    protocol,
    ok ? expected(answered, clean(detail)) : colours.red(unexpected(probe.succeeds, answered, clean(detail))),
  ];
}

function expected(answered: boolean, detail: string): string {
  return answered ? detail : `no answer, as expected${detail === 'no answer' ? '' : ` (${detail})`}`;
}

function unexpected(succeeds: boolean, answered: boolean, detail: string): string {
  if (!succeeds) return `answers, and should not (${detail})`;
  return answered ? detail : `${detail}${detail === 'no answer' ? '' : ' (no answer)'}`;
}
