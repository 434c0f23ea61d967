import { describe } from 'vitest';
import type { Damage } from './damages/damage.ts';
import { healTests } from './run-all.ts';

/** Classes of damage that are like others, and are left to the exhaustive run. */
const LIKE_OTHERS = new RegExp(
  `^(?:${[
    'address (?:scope|peer|noprefixroute|prefixlen|preferred_life_time)',
    'route (?:flags|metric mtu|nexthops|table|one more)',
    '(?:tap|device) (?:mtu|ifalias|address|flag UP|renamed)',
    'file (?:mode|owner|folder|leases|added)',
    '(?:metadata )?folder (?:open|group)',
    'sysctl of a(?:ll| tap)',
    'chain flushed',
    'stamp content',
    '(?:rule|chain) (?:twice|order|added|flushed|altered) of a forwarding',
  ].join('|')})$`,
);

/** One of every class, not always the first. */
function sample(damages: readonly Damage[]): Damage[] {
  const classes = new Map<string, Damage[]>();
  for (const damage of damages) {
    if (!LIKE_OTHERS.test(damage.class)) classes.set(damage.class, [...(classes.get(damage.class) ?? []), damage]);
  }
  return [...classes.values()].flatMap((all, i) => all[(i * 7) % all.length] ?? []);
}

describe('one damage of every class', () => {
  healTests(sample);
});
