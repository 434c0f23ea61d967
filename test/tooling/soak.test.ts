import { expect, test } from 'vitest';
import { DAMAGES, damageOf } from '../../scripts/soak/damages.mjs';
import { Dice } from '../../scripts/soak/dice.mjs';
import { unnamed } from '../../scripts/soak/gauges.mjs';
import { growth, quantile, report } from '../../scripts/soak/report.mjs';
import { foreignAction } from '../../scripts/soak/foreign.mjs';
import { CHOICES, FIRST, MISTAKES, versionOf } from '../../scripts/soak/topology.mjs';
import { compileTopology } from '../../src/compile/compile.ts';
import { hasErrors } from '../../src/model/diagnostic.ts';
import { loadTopology } from '../../src/topology/load.ts';

/** Returns whether a text is a topology without errors. */
function isGood(text: string): boolean {
  const { topology, diagnostics } = loadTopology(text, 'soak.yaml');
  return (
    topology !== undefined &&
    ![...diagnostics, ...compileTopology(topology).diagnostics].some((one) => hasErrors([one]))
  );
}

test('a step of a soak follows from the seed and its number alone', () => {
  const drawn = (seed: number, step: number): unknown => {
    const dice = new Dice(seed, step);
    return [dice.below(1000), dice.chance(50), foreignAction(dice), damageOf(dice.one(Object.keys(DAMAGES)), dice)];
  };
  expect(drawn(7, 3)).toEqual(drawn(7, 3));
  const all = Array.from({ length: 200 }, (_, step) => JSON.stringify(drawn(7, step)));
  expect(new Set(all).size).toBeGreaterThan(190);
});

test('each version that a soak saves is good, also with the others; each mistake but an empty file is an error', () => {
  for (const choice of [new Set<never>(), FIRST, new Set(CHOICES), ...CHOICES.map((one) => new Set([one]))]) {
    expect(isGood(versionOf('soak', choice))).toBe(true);
  }
  const text = versionOf('soak', FIRST);
  const { 'nearly everything deleted': emptied, ...mistakes } = MISTAKES;
  for (const [what, make] of Object.entries(mistakes)) expect([what, isGood(make(text))]).toEqual([what, false]);
  expect(isGood(emptied!(text))).toBe(true);
});

const CALM = {
  descriptors: 20,
  readersDescriptors: 40,
  megabytes: 100,
  readersMegabytes: 30,
  processes: 7,
  unnamedNamespaces: 6,
};

test('what grows from the first third to the last is told; what swings is not', () => {
  const flat = Array.from({ length: 9 }, (_, i) => ({ ...CALM, megabytes: 100 + (i % 3) * 10 }));
  expect(growth(flat)).toEqual([]);
  expect(growth(flat.map((each, i) => ({ ...each, descriptors: 20 + i })))).toEqual([
    'descriptors of netloom: 21 in the first third, 27 in the last',
  ]);
  expect(growth(flat.map((each, i) => ({ ...each, unnamedNamespaces: i < 6 ? 6 : 7 })))).toHaveLength(1);
});

test('namespaces of processes are counted that no node has a name for', () => {
  const one = 'process net:[1]\nprocess net:[2]\nprocess net:[3]\nname net:[2]\n';
  expect(unnamed([one, 'process net:[1]\nname net:[3]\n'])).toBe(1);
});

test('the table of a soak names the seed, the actions and the times', () => {
  const soaked = { seed: 7, seconds: 150, trouble: [], folder: '/x', actions: new Map([['a save', 2]]), heals: 3 };
  const numbers = { healed: [100, 300, 200], healedByReading: [], settled: [50], measured: [CALM, CALM, CALM] };
  expect(
    report({ ...soaked, ...numbers })
      .replaceAll(/ {2,}/g, '  ')
      .split('\n'),
  ).toEqual([
    'seed  7',
    'seconds  150',
    'actions  2',
    '  a save  2',
    'heals  3',
    'damage → healed  p50 200 ms, p95 300 ms (3)',
    'without an event → healed  none',
    'save → settled  p50 50 ms, p95 50 ms (1)',
    'descriptors of netloom  20 → 20 (at most 22)',
    'descriptors of its readers  40 → 40 (at most 44)',
    'memory of netloom, MB  100 → 100 (at most 155)',
    'memory of its readers, MB  30 → 30 (at most 48)',
    'processes  7 → 7 (at most 8)',
    'namespaces without a name  6 → 6 (at most 6)',
  ]);
  expect(quantile([], 0.5)).toBeNaN();
});
