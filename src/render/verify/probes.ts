import type { ServiceName, ServiceOutcome, Verdict } from '../../verify/services/probe.ts';
import { align } from '../align.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { count } from '../columns.ts';

/** Returns the requests to services as a table, with a summary. */
export function renderProbes(outcomes: readonly ServiceOutcome[], colours: Paint, columns = Infinity): string {
  const rows = outcomes.map((outcome) => row(outcome, colours));
  const of = (verdict: Verdict): number => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  const failed = of('failed');
  const others = [
    ...(failed > 0 ? [`${String(failed)} failed`] : []),
    ...(of('no-answer') > 0 ? [`${String(of('no-answer'))} not answered by a guest`] : []),
    ...(of('not-asked') > 0 ? [`${String(of('not-asked'))} without a result`] : []),
  ];
  const answered = `${String(of('ok'))} of ${count(outcomes.length, 'request')} answered`;
  const paint = failed === 0 ? colours.green : colours.red;
  return [...align(rows, '', columns), '', paint(colours.bold(`${[answered, ...others].join(', ')}.`)), ''].join('\n');
}

function row({ probe, verdict, milliseconds, detail }: ServiceOutcome, colours: Paint): readonly string[] {
  const time = milliseconds === undefined ? [] : [formatMs(milliseconds)];
  const text = verdict === 'ok' && detail === 'answers' ? time : [clean(detail), ...time];
  const words = text.length === 0 ? 'answers' : text.join(', ');
  return [
    markOf(verdict, colours),
    clean(nameOf(probe.service)),
    clean(probe.words),
    colours.dim(`from ${clean(probe.from.words)}`),
    verdict === 'failed' ? colours.red(words) : words,
  ];
}

function markOf(verdict: Verdict, colours: Paint): string {
  if (verdict === 'ok') return colours.green('✔');
  return verdict === 'failed' ? colours.red('✘') : colours.yellow('·');
}

function nameOf({ type, name }: ServiceName): string {
  return `${type === 'floating-ip' ? 'floating IP' : type} ${name}`;
}

function formatMs(milliseconds: number): string {
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds))} ms`;
}

/** Returns the requests to services as JSON. */
export function probesJson(outcomes: readonly ServiceOutcome[]): readonly object[] {
  return outcomes.map(({ probe, verdict, milliseconds, detail }) => ({
    service: probe.service,
    node: probe.from.node,
    from: probe.from.words,
    asked: probe.words,
    verdict,
    milliseconds: milliseconds ?? null,
    detail,
  }));
}
