import type { Change } from '../../../src/model/change.ts';
import { desiredGraph } from '../../../src/model/graph.ts';
import type { Batch, Plan } from '../../../src/model/plan.ts';
import { kindName, addressOf, type Netns } from '../../../src/model/resource.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { groupsOf } from '../../../src/plan/groups/groups.ts';

interface Wish extends Pick<Change, 'name' | 'action'>, Partial<Pick<Change, 'reason' | 'impact' | 'fields'>> {
  readonly kind: string;
  readonly node?: string;
  readonly netns?: Netns;
  readonly spec?: unknown;
  readonly path?: string;
}

/** What the kinds need of a spec to say what an object provides. */
const SPECS: Readonly<Record<string, unknown>> = { chain: { rules: [] }, veth: { mac: '', tap: { name: '' } } };

/** Returns a change of the given fields; the others have simple defaults. */
export function change(wish: Wish): Change {
  const ref = { node: wish.node ?? 'n1', netns: wish.netns ?? null, kind: kindName(wish.kind), name: wish.name };
  const origin = { path: wish.path ?? 'somewhere' };
  const { spec = SPECS[wish.kind] ?? {} } = wish;
  const desired = wish.action === 'delete' ? {} : { desired: { ...ref, spec, origin } };
  const observed = wish.action === 'create' ? {} : { observed: { ...ref, spec, owner: 'ours' as const } };
  const { action, reason = '', impact = 'none', fields = [] } = wish;
  return { ...ref, address: addressOf(ref), action, reason, impact, fields, origin, ...desired, ...observed };
}

/** Returns a plan of these changes. */
export function plan(
  changes: readonly Change[],
  batches: readonly Batch[] = [],
  subjects: readonly Subject[] = [],
): Plan {
  return {
    topology: 'demo',
    changes,
    groups: groupsOf(changes, desiredGraph('demo', ['n1'], [], { subjects })),
    batches,
    owned: 10,
    foreign: [],
    leftOut: [],
  };
}

/** Returns a batch with a step for each of these objects. */
export function batch(id: number, addresses: readonly string[], netns: Netns = null): Batch {
  const steps = addresses.map((address) => ({ address, command: { tool: 'ip', netns, words: ['link'] } as const }));
  return { id, node: 'n1', netns, lane: 'ip', steps, after: [] };
}
