import type { Diagnostic } from '../model/diagnostic.ts';
import { NOTHING_HELD } from '../model/held.ts';
import type { Held } from '../model/held.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { withoutDown } from './admin-state.ts';
import { assign } from './assign.ts';
import { derivedIds } from './derived-ids.ts';
import { derivedPorts } from './derived.ts';
import { everyPort, findCollisions, findVlanCollisions } from './collisions.ts';
import { readDrafts } from './drafts.ts';
import { resolveFloatingIps } from './floating-ips.ts';
import { resolveInstances } from './instances.ts';
import { resolveNetworks } from './networks.ts';
import { resolveCarriers, resolveNodes } from './nodes.ts';
import type { Moved } from './moved.ts';
import type { ResolvedTopology } from './resolved.ts';
import { findChainCollisions } from './port-forwardings.ts';
import { findOwnNextHops } from './own-next-hops.ts';
import { resolveRouters } from './routers.ts';
import { findFilterCollisions } from './filter-collisions.ts';
import { resolveSecurityGroups } from './security-groups.ts';

/**
 * Derives everything that the file leaves out. Pure: the same document with the same `held` gives the same result, and
 * the order of entries in a mapping affects no id, MAC or address.
 */
export function resolveTopology(
  topology: ValidTopology,
  held: Held = NOTHING_HELD,
): {
  resolved: ResolvedTopology | undefined;
  /** Addresses that differ from held ones, although the file gives no other. */
  moved: readonly Moved[];
  diagnostics: readonly Diagnostic[];
} {
  const { doc } = topology;
  const drafts = readDrafts(topology, held);
  const { assigned, moved, diagnostics } = assign(topology, drafts, held);
  if (diagnostics.length > 0) return { resolved: undefined, moved, diagnostics };

  const routers = resolveRouters(topology, drafts, assigned);
  const instances = resolveInstances(topology, drafts, assigned);
  const floating = resolveFloatingIps(topology, drafts, assigned, { routers, instances });
  const networks = resolveNetworks(topology, drafts, assigned, { routers, instances });
  const { bridges, patches } = resolveCarriers(topology, drafts.networks, everyPort({ networks, routers, instances }));
  const placed = { networks, routers, instances, ...floating };
  const securityGroups = resolveSecurityGroups(topology, instances);
  const resolved: ResolvedTopology = {
    name: doc.name,
    release: doc.release ?? 'zed',
    nodes: resolveNodes(topology, bridges, drafts.networks),
    networks,
    bridges,
    patches,
    routers,
    instances,
    securityGroups,
    floatingIps: floating.floatingIps,
    forwardedIps: floating.forwardedIps,
    derived: derivedPorts(topology, drafts, assigned, placed),
    derivedIds: derivedIds(topology, placed, securityGroups),
    scopes: drafts.scopes,
  };
  const wrong = [
    ...floating.diagnostics,
    ...findCollisions(resolved),
    ...findVlanCollisions(resolved),
    ...findChainCollisions(floating.forwardedIps),
    ...findFilterCollisions(resolved),
    ...findOwnNextHops(resolved),
  ];
  return wrong.length > 0
    ? { resolved: undefined, moved, diagnostics: wrong }
    : { resolved: withoutDown(doc, resolved), moved, diagnostics: [] };
}
