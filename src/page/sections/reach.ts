import type { Desired } from '../../session/desired.ts';
import type { Verified } from '../../session/verify.ts';
import { clean } from '../../render/clean.ts';
import type { ReachRow } from '../wire/reach.ts';

/** Returns the expectations of the file before they are tried. */
export function expectedRows({ topology }: Pick<Desired, 'topology'>): readonly ReachRow[] {
  return (topology.doc.expect ?? []).map(({ from, to, protocol = 'ping', port, name, succeeds = true }) => ({
    key: keyOf({ from, to, protocol, port, name, succeeds }),
    from: clean(from),
    to: clean(to),
    protocol: protocolText({ protocol, port, name }),
    expected: expectedText(succeeds),
    ok: null,
    result: '',
    detail: '',
  }));
}

/** Returns the same rows with what came of them; without expectations, the requests to services. */
export function triedRows(expected: readonly ReachRow[], { outcomes, services }: Verified): readonly ReachRow[] {
  if (services !== undefined) {
    return services.map(({ probe, verdict, milliseconds, detail }, index) => ({
      key: String(index),
      from: clean(probe.from.words),
      to: clean(`${probe.service.type === 'floating-ip' ? 'floating IP' : probe.service.type} ${probe.service.name}`),
      protocol: clean(probe.words),
      expected: expectedText(true),
      ok: verdict === 'not-asked' ? null : verdict === 'ok',
      result: verdict === 'ok' ? 'answered' : verdict === 'not-asked' ? '' : verdict,
      detail: detailText(detail, milliseconds),
    }));
  }
  const tried = new Map(outcomes.map((outcome) => [keyOf(outcome.probe), outcome]));
  return expected.map((row) => {
    const outcome = tried.get(row.key);
    if (outcome === undefined) return row;
    const { ok, result, detail, milliseconds } = outcome;
    return { ...row, ok: result === 'undecided' ? null : ok, result, detail: detailText(detail, milliseconds) };
  });
}

/** What tells expectations apart. Two that are equal have one result. */
function keyOf({
  from,
  to,
  protocol,
  port,
  name,
  succeeds,
}: {
  readonly from: string;
  readonly to: string;
  readonly protocol: string;
  readonly port?: number | undefined;
  readonly name?: string | undefined;
  readonly succeeds: boolean | 'refused';
}): string {
  return JSON.stringify([from, to, protocol, port ?? null, name ?? null, succeeds]);
}

function protocolText({
  protocol,
  port,
  name,
}: {
  readonly protocol: string;
  readonly port?: number | undefined;
  readonly name?: string | undefined;
}): string {
  return clean([protocol, port, name].filter((part) => part !== undefined).join(' '));
}

function expectedText(succeeds: boolean | 'refused'): string {
  if (succeeds === 'refused') return 'a refusal';
  return succeeds ? 'an answer' : 'no answer';
}

function detailText(detail: string, milliseconds: number | undefined): string {
  const time = milliseconds === undefined || detail.endsWith(' ms') ? '' : `${milliseconds.toFixed(1)} ms`;
  return [detail === 'answers' ? '' : clean(detail), time].filter((part) => part !== '').join(', ');
}
