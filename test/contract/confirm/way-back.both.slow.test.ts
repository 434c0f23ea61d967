import { expect, test } from 'vitest';
import { desiredGraph } from '../../../src/model/graph.ts';
import { applyOn, planOn } from '../../support/engine.ts';
import { compiled } from '../../support/compiled.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { filteredText, noFilter, SSH } from '../filtered.ts';
import { testNodes } from '../../support/node.ts';
import { snapshot } from '../../support/snapshot.ts';
import { until } from '../crash.ts';
import { F1, graphWith } from '../floating.ts';
import { prepare } from '../heal/network.ts';
import { cutAndReturn } from './way-back.ts';

/** The number of moments at which each apply ends; the variable selects another one: with 1000 it is all of them. */
const MOMENTS = Number(process.env['NETLOOM_MOMENTS'] ?? '2');

const empty = desiredGraph('demo', ['node1'], []);
const one = graphWith({ [F1]: 'guest' });
// The floating IP moves, another is added, the guest has another address, and the router loses a route.
const two = graphWith({ [F1]: 'other', '203.0.113.22': 'guest' }, (text) =>
  text.replace('fixed_ip_address: 10.0.0.5', 'fixed_ip_address: 10.0.0.55').replace(/ *routes: .*\n/, ''),
);
const nodes = testNodes('ip', 'iptables', 'dnsmasq', 'conntrack');

/** Moments of an apply, evenly spread: before each batch, in the middle of each, and after the last one. */
function momentsOf(batches: number): readonly number[] {
  const all = Array.from({ length: 2 * batches + 1 }, (_, index) => index / 2);
  const every = Math.max(1, all.length / MOMENTS);
  return all.filter((_, index) => Math.floor((index + 1) / every) > Math.floor(index / every));
}

const filtered = compiled(withMechanism(filteredText())).graph;
// Another rule, a guest with another address, and one guest less.
const otherwise = compiled(
  withMechanism(
    filteredText({ rules: [SSH, '{ direction: ingress, protocol: icmp }'] })
      .replace(/ {2}two: .*\n/, '')
      .replace('10.0.0.5', '10.0.0.7'),
  ),
).graph;
const FILTERED = [
  { title: 'filtered ports are created', from: empty, to: filtered },
  { title: 'filtered ports are changed', from: filtered, to: otherwise },
  { title: 'filtered ports are deleted', from: filtered, to: empty },
];

function withMechanism(text: string): string {
  return text.replace('node1: { ', `node1: { mechanism: ${testedMechanism()}, `);
}

test.each([
  ...(noFilter() === undefined ? FILTERED : []),
  { title: 'everything is created', from: empty, to: one },
  { title: 'much is changed', from: one, to: two },
  { title: 'everything is deleted', from: two, to: empty },
])(
  'the script of a node leads back from an apply that ends at any moment: $title',
  { timeout: 400_000 },
  async (way) => {
    const node = await nodes.open();
    await prepare(node, one);
    await applyOn(node, way.from);
    const before = await snapshot(node);
    const { batches } = (await planOn(node, way.to)).plan;
    const wrong: Record<number, readonly string[]> = {};
    for (const done of momentsOf(batches.length)) {
      const found = await cutAndReturn(node, way.to, before, (all) => until(all, done));
      if (found.length > 0) wrong[done] = found;
    }
    expect(wrong).toEqual({});
  },
);
