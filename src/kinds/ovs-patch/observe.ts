import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { ovsProbe, type OvsInterface, type OvsState } from '../../kernel/openvswitch/database.ts';
import { creationFailure } from '../../kernel/openvswitch/health.ts';
import { ownerOfIds, patchOfIds } from '../../kernel/openvswitch/mark.ts';
import type { OvsPatchSpec, PatchEnd } from './spec.ts';
import { OVS_PATCH } from './spec.ts';

function endOf(ovs: OvsState, name: string | undefined): PatchEnd {
  const port = ovs.ports.get(name ?? '');
  return { bridge: port?.bridge ?? '', tag: port?.tag ?? null };
}

function brokenBy(ends: readonly (OvsInterface | undefined)[]): string | undefined {
  const [one, other] = ends;
  if (!one || !other) return 'one of its ends is missing';
  if (one.options.get('peer') !== other.name || other.options.get('peer') !== one.name)
    return 'its ends do not lead to each other';
  return creationFailure(one) ?? creationFailure(other);
}

/**
 * Returns our patches. Their ends name the patch, which has the name of its first; an end that lost its ids is known by
 * the other.
 */
export function* observePatches(view: NodeView, topology: string): Iterable<Observed<OvsPatchSpec>> {
  const ovs = view.get(ovsProbe);
  if (!ovs) return;
  const patches = new Map<string, OvsInterface[]>();
  for (const row of ovs.interfaces.values()) {
    if (row.type !== 'patch' || ownerOfIds(row.ids, topology) !== 'ours') continue;
    const peer = ovs.interfaces.get(row.options.get('peer') ?? '');
    const name = patchOfIds(row.ids) ?? (peer && patchOfIds(peer.ids)) ?? row.name;
    patches.set(name, [...(patches.get(name) ?? []), row]);
  }
  for (const [name, marked] of patches) {
    const named = ovs.interfaces.get(name);
    const first = named?.type === 'patch' ? named : undefined;
    const known = marked.find((row) => row.name !== name);
    const led = ovs.interfaces.get(first?.options.get('peer') ?? '');
    const peer = known ?? (led?.type === 'patch' ? led : undefined);
    const incomplete = brokenBy([first, peer]);
    yield {
      node: view.node,
      netns: null,
      kind: OVS_PATCH,
      name,
      owner: 'ours',
      spec: {
        ...endOf(ovs, first?.name),
        peer: { name: peer?.name ?? '', ...endOf(ovs, peer?.name) },
        marked: marked.length === 2 && marked.every((row) => patchOfIds(row.ids) === name),
      },
      ...(incomplete !== undefined && { incomplete }),
    };
  }
}
