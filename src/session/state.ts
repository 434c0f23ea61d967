import { factsOf } from '../diff/adapt.ts';
import type { NodeState, State } from '../model/state.ts';
import type { PlanResult } from './plan.ts';

/** Returns what the nodes had when a plan was made for them, with all secrets. */
export function stateOf({ plan, views, observed }: PlanResult): State {
  const nodes = [...views].map(([name, view]): [string, NodeState] => {
    return [name, { objects: observed.filter(({ node }) => node === name), facts: factsOf(view) }];
  });
  return { topology: plan.topology, nodes: new Map(nodes) };
}
