import type { Outcome } from '../../verify/probe.ts';
import type { ServiceOutcome } from '../../verify/services/probe.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { probesJson } from './probes.ts';

/**
 * Returns outcomes as one JSON document: of expectations, or of requests to services. `untried` expectations could not
 * be tried; `diagnostics` say why, and warn about the file.
 */
export function outcomesDocument(
  topology: string,
  outcomes: readonly Outcome[],
  {
    services,
    untried,
    diagnostics,
  }: {
    readonly services?: readonly ServiceOutcome[] | undefined;
    readonly untried: number;
    readonly diagnostics: readonly object[];
  },
): object {
  const asked = services ?? [];
  const passed = outcomes.filter(({ ok }) => ok).length + asked.filter(({ verdict }) => verdict === 'ok').length;
  const undecided = outcomes.filter(({ result }) => result === 'undecided').length;
  const failed = outcomes.filter(({ ok }) => !ok).length + asked.filter(({ verdict }) => verdict === 'failed').length;
  return {
    format_version: FORMAT_VERSION,
    topology,
    summary: { passed, failed, undecided, not_tried: untried + outcomes.length + asked.length - passed - failed },
    results: outcomes.map(({ probe, ok, result, milliseconds, detail }) => ({
      from: probe.from,
      to: probe.to,
      address: probe.address,
      protocol: probe.protocol,
      port: probe.port ?? null,
      name: probe.name ?? null,
      expected: probe.succeeds === true,
      succeeds: probe.succeeds,
      seen_as: probe.seenAs ?? null,
      ok,
      answered: result === 'answered',
      result,
      milliseconds: milliseconds ?? null,
      detail,
    })),
    probes: services === undefined ? null : probesJson(services),
    diagnostics,
  };
}
