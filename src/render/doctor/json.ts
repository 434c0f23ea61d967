import { countStates, type Finding } from '../../doctor/finding.ts';
import { FORMAT_VERSION } from '../format-version.ts';

/** Returns findings as one JSON document. */
export function findingsDocument(findings: readonly Finding[]): object {
  return {
    format_version: FORMAT_VERSION,
    summary: countStates(findings),
    findings: findings.map(({ cost, fix, ...finding }) => ({ ...finding, cost: cost ?? null, mend: fix ?? null })),
  };
}
