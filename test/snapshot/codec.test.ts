import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adaptedToNodes, factsOf } from '../../src/diff/adapt.ts';
import { conformingObjects } from '../../src/diff/conforming.ts';
import { changesBetween } from '../../src/diff/diff.ts';
import { heldPath } from '../../src/features/held/index.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Observed } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';
import { decodeState, isState, UnusableState } from '../../src/snapshot/decode.ts';
import { encodeState } from '../../src/snapshot/encode.ts';
import { compiled } from '../support/compiled.ts';
import { ORIGIN } from '../support/engine.ts';
import { viewOf } from '../support/view.ts';
import { mismatches } from '../support/json-outputs.ts';

const RECORDED = { version: '1.2.3', time: new Date('2026-11-30T12:00:00Z') };
const SIDES = { from: 'before', to: 'after' };
const FACTS = factsOf(viewOf('n1', []));
const { graph: compiledGraph } = compiled(readFileSync('topologies/metadata.yaml', 'utf8'));
const graph = adaptedToNodes(compiledGraph, new Map(compiledGraph.nodes.map((node) => [node, FACTS])));

function stateOf(objects: readonly Observed[], topology = graph.topology): State {
  const nodes = [...new Set(objects.map(({ node }) => node))];
  return {
    topology,
    nodes: new Map(nodes.map((node) => [node, { objects: objects.filter((o) => o.node === node), facts: FACTS }])),
  };
}

function textOf(state: State): string {
  return encodeState(state, RECORDED, new Set([heldPath(state.topology)]));
}

test('a state in one line is the JSON of the state in lines, also if it is written again', () => {
  const state = stateOf(conformingObjects(graph));
  const { checksum: _, ...lines } = JSON.parse(textOf(state)) as Record<string, unknown>;
  for (let i = 0; i < 2; i += 1) {
    const line = encodeState(state, RECORDED, new Set([heldPath(state.topology)]), 'line');
    const { checksum: __, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(JSON.stringify(rest)).toBe(JSON.stringify(lines));
    expect(decodeState(line).nodes).toEqual(decodeState(textOf(state)).nodes);
  }
});

test('a state that is written and read again is as desired, and has its schema', () => {
  const text = textOf(stateOf(conformingObjects(graph)));
  expect(mismatches('state', JSON.parse(text))).toEqual([]);
  expect(isState(text)).toBe(true);
  const { topology, nodes } = decodeState(text);
  expect(topology).toBe(graph.topology);
  const objects = [...nodes.values()].flatMap((node) => node.objects);
  const adapted = adaptedToNodes(compiledGraph, new Map([...nodes].map(([name, { facts }]) => [name, facts])));
  expect(changesBetween(objects, adapted, SIDES).changes).toEqual([]);
  expect(textOf({ topology, nodes })).toBe(text);
});

test('the text does not depend on the order in which the objects were read', () => {
  const objects = conformingObjects(graph);
  expect(textOf(stateOf(objects.toReversed()))).toBe(textOf(stateOf(objects)));
});

test('a content that only root may read is not in it, and a change of it is a difference', () => {
  const secret = (content: string) =>
    desiredGraph('demo', ['n1'], [file('n1', '/run/netloom/demo/x', content, ORIGIN, '600')]);
  const text = textOf(stateOf(conformingObjects(secret('hunter2')), 'demo'));
  expect(text).not.toContain('hunter2');
  const objects = [...decodeState(text).nodes.values()].flatMap((node) => node.objects);
  expect(changesBetween(objects, secret('hunter2'), SIDES).changes).toEqual([]);
  expect(changesBetween(objects, secret('hunter3'), SIDES).changes.map(({ action }) => action)).toEqual(['update']);
});

test.each([
  ['cut off', (text: string) => text.slice(0, -20)],
  ['edited', (text: string) => text.replace('"mtu": 1500', '"mtu": 9000')],
  ['of another format', (text: string) => text.replace('"format_version": "1.', '"format_version": "2.')],
])('one that is %s is refused', (_, change) => {
  const text = textOf(stateOf(conformingObjects(graph)));
  const changed = change(text);
  expect(changed).not.toBe(text);
  expect(isState(changed)).toBe(true);
  expect(() => decodeState(changed)).toThrow(UnusableState);
});

test('no topology is taken for a state', () => {
  for (const text of ['name: demo\n', '{"name": "demo"}', '{"type": "state"}', '']) expect(isState(text)).toBe(false);
});
