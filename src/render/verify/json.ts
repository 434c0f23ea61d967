import type { Outcome } from '../../verify/probe.ts';
import { FORMAT_VERSION } from '../format-version.ts';

/**
 * Returns outcomes as one JSON document. `untried` expectations could not be tried; `diagnostics` say why, and warn
 * about the file.
 */
export function outcomesDocument(
  topology: string,
  outcomes: readonly Outcome[],
  { untried, diagnostics }: { readonly untried: number; readonly diagnostics: readonly object[] },
): object {
  const passed = outcomes.filter((outcome) => outcome.ok).length;
  return {
    format_version: FORMAT_VERSION,
    topology,
    summary: { passed, failed: outcomes.length - passed, not_tried: untried },
    results: outcomes.map(({ probe, ok, answered, milliseconds, detail }) => ({
      from: probe.from,
      to: probe.to,
      address: probe.address,
      protocol: probe.protocol,
      port: probe.port ?? null,
      name: probe.name ?? null,
      expected: probe.succeeds,
      seen_as: probe.seenAs ?? null,
      ok,
      answered,
      milliseconds: milliseconds ?? null,
      detail,
    })),
    diagnostics,
  };
}
