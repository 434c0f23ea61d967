import { backendOf } from '../backends/registry.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';

/** The bridges and patches of networks, on every node with a port of one. */
export const network: NetworkFeature = {
  name: 'network',
  *contribute({ bridges, patches }) {
    for (const bridge of bridges) for (const resource of backendOf(bridge).bridge(bridge)) yield whole(resource);
    for (const patch of patches) for (const resource of backendOf(patch).patch(patch)) yield whole(resource);
  },
  *held({ patches, networks }, existing) {
    for (const patch of patches) {
      const id = networks.get(patch.network)?.id;
      if (id === undefined) continue;
      for (const resource of backendOf(patch).patch(patch)) {
        for (const { node, spec } of existing.at(resource)) {
          const vlan = tagOf(spec);
          if (vlan !== undefined) yield { node, network: id, vlan };
        }
      }
    }
  },

  *subjects({ networks }) {
    for (const { name, id, subnets, dhcp, external, origin } of networks.values()) {
      const facts = [external ? 'external' : '', ...subnets.map(({ cidr }) => cidr), dhcp ? 'DHCP' : ''];
      const details = facts.filter((fact) => fact !== '').join(', ');
      yield { origin, type: 'network', name, details, ids: [id, ...(dhcp ? [dhcp.id] : [])] };
    }
  },
};

/** Returns the local VLAN of a patch: the tag of its first end. */
function tagOf(spec: unknown): number | undefined {
  if (typeof spec !== 'object' || spec === null || !('tag' in spec)) return undefined;
  return typeof spec.tag === 'number' ? spec.tag : undefined;
}
