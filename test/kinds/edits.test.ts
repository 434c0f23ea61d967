import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chainEdits, sharedChainEdits } from '../../src/kinds/chain/edits.ts';
import type { ChainEdit } from '../../src/model/command.ts';

/** Applies edits as iptables does: positions count from 1, in the chain as the previous edits left it. */
function carriedOut(chain: readonly string[], edits: readonly ChainEdit[]): string[] {
  const rules = [...chain];
  for (const edit of edits) {
    if (edit.op === 'insert') {
      expect(edit.position).toBeGreaterThanOrEqual(1);
      expect(edit.position).toBeLessThanOrEqual(rules.length + 1);
      rules.splice(edit.position - 1, 0, edit.rule);
    } else if (edit.op === 'delete') {
      expect(edit.position).toBeLessThanOrEqual(rules.length);
      rules.splice(edit.position - 1, 1);
    } else if (edit.op === 'append') rules.push(edit.rule);
    else throw new Error(`not expected: ${edit.op}`);
  }
  return rules;
}

/** Length of the longest common subsequence: the rules that need not be touched. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const x of a) {
    let left = 0;
    let corner = 0;
    row = row.map((above, j) => {
      const value: number = b[j] === x ? corner + 1 : Math.max(above, left);
      corner = above;
      left = value;
      return value;
    });
  }
  return row.at(-1) ?? 0;
}

const ours = fc.array(fc.constantFrom('-j n-a', '-j n-b', '-j n-c', '-j n-d', '-j n-e'), { maxLength: 10 });
const isOurs = (rule: string): boolean => rule.startsWith('-j n-');

describe('a chain of ours', () => {
  test('is as desired after the edits, and no rule is touched needlessly', () => {
    fc.assert(
      fc.property(ours, ours, (from, to) => {
        const edits = chainEdits(from, to);
        expect(carriedOut(from, edits)).toEqual(to);
        expect(edits).toHaveLength(from.length + to.length - 2 * common(from, to));
      }),
      { numRuns: 1000 },
    );
  });

  test('one rule more is one edit', () => {
    expect(chainEdits(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])).toEqual([{ op: 'insert', position: 2, rule: 'x' }]);
    expect(chainEdits(['a', 'b'], ['a', 'b'])).toEqual([]);
  });
});

describe('a chain we share', () => {
  const mixed = fc.array(
    fc.oneof(
      ours.map(([rule = '-j n-a']) => rule),
      fc.constantFrom('-j DOCKER', '-s 10.0.0.0/8 -j MASQUERADE', '-j LIBVIRT'),
    ),
    { maxLength: 12 },
  );

  test('has our rules in our order, foreign ones in theirs, and no foreign rule is touched', () => {
    fc.assert(
      fc.property(mixed, ours, (all, to) => {
        const edits = sharedChainEdits(all, isOurs, to);
        const after = carriedOut(all, edits);
        expect(after.filter(isOurs)).toEqual(to);
        expect(after.filter((rule) => !isOurs(rule))).toEqual(all.filter((rule) => !isOurs(rule)));
        const mine = all.filter(isOurs);
        expect(edits).toHaveLength(mine.length + to.length - 2 * common(mine, to));
      }),
      { numRuns: 1000 },
    );
  });

  test('a foreign rule between two jumps of ours stays there', () => {
    const all = ['-j n-a', '-j DOCKER', '-j n-b'];
    expect(sharedChainEdits(all, isOurs, ['-j n-a', '-j n-b'])).toEqual([]);
    expect(carriedOut(all, sharedChainEdits(all, isOurs, ['-j n-a', '-j n-c', '-j n-b']))).toEqual([
      '-j n-a',
      '-j n-c',
      '-j DOCKER',
      '-j n-b',
    ]);
    expect(
      carriedOut(['-j DOCKER', '-j n-b'], sharedChainEdits(['-j DOCKER', '-j n-b'], isOurs, ['-j n-a', '-j n-b'])),
    ).toEqual(['-j n-a', '-j DOCKER', '-j n-b']);
  });
});
