/** The first iptables whose SNAT knows `--random-fully` (its release notes; Neutron asks for this version too). */
const RANDOM_FULLY_SINCE = [1, 6, 2] as const;

/** Whether an iptables of this version, such as `[1, 8, 9]`, knows `--random-fully`. */
export function knowsRandomFully(version: readonly number[]): boolean {
  const at = RANDOM_FULLY_SINCE.findIndex((part, i) => (version[i] ?? 0) !== part);
  return at < 0 || (version[at] ?? 0) > (RANDOM_FULLY_SINCE[at] ?? 0);
}

/** The rules for an iptables that does not: translated source ports are then taken in order. */
export function withoutRandomFully(rules: readonly string[]): readonly string[] {
  return rules.map((rule) => rule.replace(/ --random-fully$/, ''));
}
