/**
 * What changes with every packet in what `iptables-save`, `iptables-legacy-save` and `nft -j` print, and the comments
 * with the time: regular expressions of Perl, for a probe's `ignoring`.
 */
export const COUNTERS: readonly string[] = [
  '^(?:ip6?tables-legacy )?#.*$',
  '^(?:ip6?tables-legacy )?:\\S+ \\S+ \\K\\[\\d+:\\d+\\]$',
  '"counter": \\{\\K"packets": \\d+, "bytes": \\d+',
];
