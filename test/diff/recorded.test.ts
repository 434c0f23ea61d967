import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordedGraph, type Alteration } from '../../src/diff/recorded.ts';
import { conformingObjects } from '../../src/diff/conforming.ts';
import { changesBetween } from '../../src/diff/diff.ts';
import { kindOf } from '../../src/kinds/registry.ts';
import { NODE_AND_FILE, type Change } from '../../src/model/change.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { addressOf, type Observed } from '../../src/model/resource.ts';
import type { State } from '../../src/model/state.ts';
import { topologyTexts } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';

/** Returns what nodes have after these changes, as if each succeeded. */
function afterwards(observed: readonly Observed[], changes: readonly Change[]): readonly Observed[] {
  const objects = new Map(observed.map((object) => [addressOf(object), object]));
  for (const { address, desired } of changes) {
    objects.delete(address);
    if (desired)
      for (const object of conformingObjects({ resources: new Map([[address, desired]]) })) {
        objects.set(address, object);
      }
  }
  return [...objects.values()];
}

/** Returns what a node has before it is given an object that netloom only updates. */
function borrowedOf(graph: DesiredGraph): readonly Observed[] {
  const resources = [...graph.resources.values()].filter(({ kind }) => kindOf(kind).foreign === 'borrowed');
  return resources.map(({ node, netns, kind, name, spec }): Observed => {
    const before = 'value' in (spec as object) ? { value: 'old' } : { ...(spec as object), bridge: null, up: false };
    return { node, netns, kind, name, owner: 'foreign', spec: before };
  });
}

function stateOf(graph: DesiredGraph, objects: readonly Observed[]): State {
  const ofNode = (node: string) => objects.filter((object) => object.node === node);
  const names = new Set(objects.map(({ node }) => node));
  return {
    topology: graph.topology,
    nodes: new Map([...names].map((node) => [node, { objects: ofNode(node), facts: new Map() }])),
  };
}

/** Without what a file alone states of an object, such as `allow_dynamic` of a NIC. */
function inOrder(objects: readonly Observed[]): readonly object[] {
  return objects
    .map((object) => {
      const spec = kindOf(object.kind).restored?.(object.spec) ?? object.spec;
      return { ...object, address: addressOf(object), spec };
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function alterationOf(changes: readonly Change[], graph: DesiredGraph): Alteration {
  return {
    altered: new Set(changes.map(({ address }) => address)),
    created: new Set(changes.filter(({ action }) => action === 'create').map(({ address }) => address)),
    graph,
  };
}

const changesTo = (objects: readonly Observed[], graph: DesiredGraph): readonly Change[] =>
  changesBetween(objects, graph, NODE_AND_FILE).changes;

test('after any part of the changes from one file to another, the way back leads to what there was', () => {
  fc.assert(
    fc.property(topologyTexts(), topologyTexts(), fc.double({ min: 0, max: 1, noNaN: true }), (a, b, part) => {
      const [first, second] = [compiled(a).graph, compiled(b).graph];
      const known = new Set(first.resources.keys());
      const borrowed = borrowedOf(second).filter((object) => !known.has(addressOf(object)));
      const before = [...conformingObjects(first), ...borrowed];
      const changes = changesTo(before, second);
      const done = changes.slice(0, Math.ceil(changes.length * part));
      const now = afterwards(before, done);
      const back = recordedGraph(stateOf(second, before), alterationOf(changes, second));
      expect(inOrder(afterwards(now, changesTo(now, back)))).toEqual(inOrder(before));
      expect(changesTo(before, back)).toEqual([]);
    }),
    { numRuns: 8 },
  );
});
