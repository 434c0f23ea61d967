/** The first iptables whose SNAT supports `--random-fully` (its release notes; Neutron checks for this version too). */
const RANDOM_FULLY_SINCE = [1, 6, 2] as const;

/** Returns whether an iptables of this version, such as `[1, 8, 9]`, supports `--random-fully`. */
export function knowsRandomFully(version: readonly number[]): boolean {
  const at = RANDOM_FULLY_SINCE.findIndex((part, i) => (version[i] ?? 0) !== part);
  return at < 0 || (version[at] ?? 0) > (RANDOM_FULLY_SINCE[at] ?? 0);
}

/** Returns the rules for an iptables that does not support it: translated source ports are then taken in order. */
export function withoutRandomFully(rules: readonly string[]): readonly string[] {
  return rules.map((rule) => rule.replace(/ --random-fully$/, ''));
}
