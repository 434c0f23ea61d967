/**
 * `note`: information; `warning`: a part of netloom does not work, or traffic is affected; `missing`: netloom does not
 * work without it.
 */
export type State = 'ok' | 'note' | 'warning' | 'missing';

export const AREAS = ['machine', 'tools', 'kernel', 'iptables', 'openvswitch'] as const;
export type Area = (typeof AREAS)[number];

/** The result of one check. */
export interface Finding {
  readonly area: Area;
  /** Stable, for programs. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly state: State;
  /** The state in words. */
  readonly detail: string;
  /** What does not work because of it. */
  readonly cost?: string;
  /** How to fix it. */
  readonly fix?: string;
}

/** Counts findings by state. */
export function countStates(findings: readonly Finding[]): Readonly<Record<State, number>> {
  const counts = { ok: 0, note: 0, warning: 0, missing: 0 };
  for (const finding of findings) counts[finding.state] += 1;
  return counts;
}
