import { expect, test } from 'vitest';
import { largeTopology } from '../../scripts/bench/large-topology.mjs';
import type { IpsetSpec } from '../../src/kinds/ipset/spec.ts';
import { compiled } from '../support/compiled.ts';

/** The specs of all sets of a topology's desired state. */
function sets(instances: number, nodes: number): readonly IpsetSpec[] {
  return [...compiled(largeTopology(instances, nodes)).graph.resources.values()]
    .filter(({ name }) => name.startsWith('NIPv4'))
    .map(({ spec }) => spec as IpsetSpec);
}

test('the nodes share the members of a security group', () => {
  const found = sets(60, 12);
  expect(found).toHaveLength(12);
  expect(found[0]?.members).toHaveLength(60);
  expect(new Set(found.map(({ members }) => members)).size).toBe(1);
});

/** Compiles a topology in about linear time: `size` instances, ten on each node. Returns milliseconds of processor. */
function processorTime(size: number): number {
  const text = largeTopology(size, size / 10);
  const before = process.cpuUsage();
  compiled(text);
  const { user } = process.cpuUsage(before);
  return user / 1000;
}

test('compile takes about as long for each of many objects as for each of few', { timeout: 120_000 }, () => {
  processorTime(250);
  // A ratio of 8 is linear, of 64 the square. Other programs disturb a measurement, so the best of several counts.
  let best = Infinity;
  for (let round = 0; round < 5 && best > 20; round += 1) {
    best = Math.min(best, processorTime(2000) / processorTime(250));
  }
  expect(best).toBeLessThan(20);
});
