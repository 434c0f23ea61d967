import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nic } from '../../src/kinds/nic/spec.ts';
import { desiredGraph, type DesiredGraph } from '../../src/model/graph.ts';
import { kindWord, type Observed } from '../../src/model/resource.ts';
import { topologyTexts } from '../arbitraries/topology.ts';
import { compiled } from '../support/compiled.ts';
import { declaredOrders, withoutCycles, operationsOf } from '../support/declared-order.ts';
import { inShort, ORIGIN } from '../support/engine.ts';
import { ModelNetwork } from '../support/model/network.ts';
import { stateOf, sysctlsOf } from '../support/model/state.ts';
import { viewsOf } from '../support/model/view.ts';
import { Order, planFrom, asObserved } from '../support/ordered.ts';
import { contextOf } from '../support/view.ts';

/** The observed network, and the desired one. */
function graphsOf(a: string, b: string): { readonly from: DesiredGraph; readonly to: DesiredGraph } {
  return { from: compiled(a).graph, to: compiled(b).graph };
}

/** Returns the observed objects of an applied graph: its daemons run, and NICs that it does not borrow exist. */
function observedOn(network: ModelNetwork, graph: DesiredGraph): Observed[] {
  const ours = asObserved(graph)
    .filter((object) => kindWord(object.kind) !== 'route' || network.hasRoute(object))
    .map((object, pid) => (kindWord(object.kind) === 'process' ? { ...object, facts: { pid } } : object));
  const borrowed = new Set(ours.map(({ node, kind, name }) => `${node} ${kindWord(kind)} ${name}`));
  const free = network
    .nics()
    .filter(({ node, name }) => !borrowed.has(`${node} nic ${name}`))
    .map(({ node, name }) => nic(node, name, { bridge: null, allowDynamic: false }, ORIGIN));
  return [...ours, ...free.map((resource): Observed => ({ ...resource, owner: 'foreign' }))];
}

/** Picks at random, the same for the same seed. */
function chance(seed: number): (among: number) => number {
  let state = seed;
  return (among) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % among;
  };
}

/** Empty views of the nodes of a graph. */
function nothingOf({ topology, nodes }: DesiredGraph): DesiredGraph {
  return desiredGraph(topology, nodes, []);
}

/** Counts each value. */
function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

describe('from any network to any other', () => {
  test('there is an order, no batch waits for a later one, and every command occurs once', () => {
    fc.assert(
      fc.property(topologyTexts(), topologyTexts(), (a, b) => {
        const { from, to } = graphsOf(a, b);
        const plan = planFrom(asObserved(from), to);
        // Owed effects are recorded in the marks of namespaces and performed there: those commands belong to no kind.
        const isMark = (address: string): boolean => / - netns | debts /.test(address.replaceAll('/', ' '));
        const steps = plan.batches.flatMap(({ node, steps: all }) =>
          all.filter(({ address }) => !isMark(address)).map(({ command }) => Order.key(node, command)),
        );
        const asked = operationsOf(plan, contextOf(to))
          .filter(({ what }) => !isMark(what))
          .flatMap(({ node, commands }) => commands.map((command) => Order.key(node, command)));
        expect(counted(steps)).toEqual(counted(asked));
        // The same changes give the same plan, and no batch waits for a later one.
        expect(new Order(planFrom(asObserved(from), to)).commands()).toEqual(new Order(plan).commands());
      }),
      { numRuns: 60 },
    );
  });

  test('what is needed is created first and deleted last, and a recreated object is deleted first', () => {
    fc.assert(
      fc.property(topologyTexts(), topologyTexts(), (a, b) => {
        const { from, to } = graphsOf(a, b);
        const plan = planFrom(asObserved(from), to);
        const order = new Order(plan);
        const orders = withoutCycles(declaredOrders(to, asObserved(from), plan, contextOf(to)));
        const broken = orders.filter(({ before, after }) => !order.keeps(before, after));
        expect(broken.map(({ before, after }) => `${before.what} before ${after.what}`)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('applying the plan, in any order it allows, gives the desired state, and no command is refused', () => {
    fc.assert(
      fc.property(topologyTexts(), topologyTexts(), fc.nat(), (a, b, seed) => {
        const { from, to } = graphsOf(a, b);
        const choose = chance(seed);
        // The second round recreates what the kernel deleted: routes through a device that lost its last address.
        const carryOut = (network: ModelNetwork, before: DesiredGraph, after: DesiredGraph): void => {
          for (const now of [before, after])
            network.carryOut(planFrom(observedOn(network, now), after, viewsOf(network)), choose);
        };
        const network = new ModelNetwork(from, to);
        const empty = stateOf(network);
        carryOut(network, nothingOf(from), from);
        carryOut(network, from, to);
        const fresh = new ModelNetwork(from, to);
        carryOut(fresh, nothingOf(to), to);
        expect(stateOf(network)).toEqual(stateOf(fresh));
        expect(sysctlsOf(network)).toEqual(expect.arrayContaining(sysctlsOf(fresh)));
        carryOut(network, to, nothingOf(to));
        expect(stateOf(network)).toEqual(empty);
      }),
      { numRuns: 25 },
    );
  });

  test('to the same network: no changes', () => {
    fc.assert(
      fc.property(topologyTexts(), (text) => {
        const { graph } = compiled(text);
        expect(inShort(planFrom(asObserved(graph), graph).changes)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test('to an empty network and from one: every object once', () => {
    fc.assert(
      fc.property(topologyTexts(), (text) => {
        const { graph } = compiled(text);
        const nothing = { ...graph, resources: new Map() };
        expect(planFrom([], graph).changes).toHaveLength(graph.resources.size);
        // A sysctl of the node itself keeps its value.
        expect(inShort(planFrom(asObserved(graph), nothing).changes)).toEqual(
          [...graph.resources]
            .flatMap(([address, { kind }]) => (kindWord(kind) === 'sysctl' ? [] : [`delete ${address}`]))
            .sort(),
        );
      }),
      { numRuns: 30 },
    );
  });
});
