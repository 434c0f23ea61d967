import { describe, expect, it } from 'vitest';
import { missing } from './commands.ts';
import { BLOCKS } from './pages.ts';
import { stages } from './walk.ts';

describe('the floating IP that ARCHITECTURE.md follows', () => {
  const made = stages();
  const shown = BLOCKS.filter(({ notes }) => notes['stage'] !== undefined);

  it('is shown at every stage', () => {
    expect(shown.map(({ notes }) => notes['stage'])).toEqual(Object.keys(made));
  });

  it.each(shown)('is what the stage makes of it: line $line', ({ notes, text }) => {
    expect(missing(['…', ...text.trimEnd().split('\n'), '…'], made[notes['stage']!]!)).toBeUndefined();
  });
});
