import { describe } from 'vitest';
import type { Damage } from './damages.ts';
import { healTests } from './run-all.ts';

/** One of every class, not always the first. */
function sample(damages: readonly Damage[]): Damage[] {
  const classes = new Map<string, Damage[]>();
  for (const damage of damages) classes.set(damage.class, [...(classes.get(damage.class) ?? []), damage]);
  return [...classes.values()].flatMap((all, i) => all[(i * 7) % all.length] ?? []);
}

describe('one damage of every class', () => {
  healTests(sample);
});
