/** `note`: worth knowing, nothing is lost; `warning`: something does not work or may surprise; `missing`: netloom cannot do without. */
export type State = 'ok' | 'note' | 'warning' | 'missing';

export const AREAS = ['machine', 'tools', 'kernel', 'iptables', 'openvswitch'] as const;
export type Area = (typeof AREAS)[number];

/** One thing that was looked at. */
export interface Finding {
  readonly area: Area;
  /** Stable, for programs. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly state: State;
  /** What was found. */
  readonly detail: string;
  /** What its lack costs. */
  readonly cost?: string;
  /** How to mend it. */
  readonly mend?: string;
}

/** How many findings there are of each state. */
export function countStates(findings: readonly Finding[]): Readonly<Record<State, number>> {
  const counts = { ok: 0, note: 0, warning: 0, missing: 0 };
  for (const finding of findings) counts[finding.state] += 1;
  return counts;
}
