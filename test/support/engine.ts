import type { ApplyEvent } from '../../src/model/event.ts';
import type { Change } from '../../src/model/change.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Batch } from '../../src/model/plan.ts';
import { addressOf, type Address, type Observed, type Origin, type Resource } from '../../src/model/resource.ts';
import { applyNetwork } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import { planNetwork, type PlanResult } from '../../src/session/plan.ts';
import { foretold } from './foretold.ts';
import type { TestNode } from './node.ts';

export const TOPOLOGY = 'demo';
export const ORIGIN: Origin = { path: 'test' };

/** Returns the desired graph of one node. */
export function graphOf(resources: readonly Resource[], node = 'node1'): DesiredGraph {
  return desiredGraph(TOPOLOGY, [node], resources);
}

export async function planOn(node: TestNode, graph: DesiredGraph): Promise<PlanResult> {
  return foretold(graph, await planNetwork(graph, node.shells));
}

/** The result of an apply. */
export interface Applied {
  readonly first: PlanResult;
  readonly final: PlanResult;
  readonly rounds: number;
  readonly batches: readonly Batch[];
}

/** Applies a plan, which must succeed and settle. */
export async function carryOut(node: TestNode, graph: DesiredGraph, first: PlanResult): Promise<Applied> {
  const events: ApplyEvent[] = [];
  const { ok, diagnostics, final } = await applyNetwork(graph, node.shells, first, {
    allow: ALLOW_ALL_DELETIONS,
    onEvent: (event) => events.push(event),
  });
  foretold(graph, final);
  if (!ok) throw new Error(diagnostics.map((d) => `${d.code}: ${d.summary}\n${d.detail ?? ''}`).join('\n'));
  const batches = events.flatMap((event) => (event.type === 'batch-start' ? [event.batch] : []));
  return { first, final, batches, rounds: events.filter((event) => event.type === 'round-start').length };
}

export async function applyOn(node: TestNode, graph: DesiredGraph): Promise<Applied> {
  return carryOut(node, graph, await planOn(node, graph));
}

/** Returns changes as texts: `action address (fields)`. */
export function inShort(changes: readonly Change[]): string[] {
  return changes.map(
    ({ action, address, fields }) =>
      `${action} ${address}${fields.length > 0 ? ` (${fields.map((f) => f.field).join(', ')})` : ''}`,
  );
}

export function observedAt({ observed }: PlanResult, address: Address): Observed | undefined {
  return observed.find((object) => addressOf(object) === address);
}

/** Returns an observed object as a desired resource. */
export function asDesired({ node, netns, kind, name, spec }: Observed): Resource {
  return { node, netns, kind, name, spec, origin: { path: 'observed' } };
}
