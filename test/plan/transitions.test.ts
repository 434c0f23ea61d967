import { kindWord } from '../../src/model/resource.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { topologyTexts } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';
import { inShort } from '../support/engine.ts';
import { Order, planFrom, standing } from '../support/ordered.ts';

describe('from any network to any other', () => {
  test('there is an order, it waits for nothing behind it, and every command is there once', () => {
    fc.assert(
      fc.property(topologyTexts(), topologyTexts(), (a, b) => {
        const from = compiled(a).graph;
        const to = { ...compiled(b).graph, topology: from.topology };
        const plan = planFrom(standing(from), to);
        const commands = new Order(plan).commands();
        expect(commands.length >= plan.batches.length).toBe(true);
        // An object's commands are together; the same plan comes out again.
        expect(new Order(planFrom(standing(from), to)).commands()).toEqual(commands);
      }),
      { numRuns: 60 },
    );
  });

  test('to the same: nothing', () => {
    fc.assert(
      fc.property(topologyTexts(), (text) => {
        const { graph } = compiled(text);
        expect(inShort(planFrom(standing(graph), graph).changes)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('to nothing and from nothing: every object once', () => {
    fc.assert(
      fc.property(topologyTexts(), (text) => {
        const { graph } = compiled(text);
        const nothing = { ...graph, resources: new Map() };
        expect(planFrom([], graph).changes).toHaveLength(graph.resources.size);
        const removed = planFrom(standing(graph), nothing);
        // A sysctl of the node itself stays as it was set.
        expect(removed.changes.every(({ action }) => action === 'delete')).toBe(true);
        expect(removed.changes).toHaveLength(
          [...graph.resources.values()].filter(({ kind }) => kindWord(kind) !== 'sysctl').length,
        );
      }),
      { numRuns: 30 },
    );
  });
});
