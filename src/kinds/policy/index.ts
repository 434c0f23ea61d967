import type { Command, Family } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { Observed, Ref } from '../../model/resource.ts';
import { ownNamespaces } from '../../kernel/links/owner.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { parseChainName } from '../chain/spec.ts';
import { insideNetns } from '../netns/spec.ts';
import { policyFields } from './fields.ts';
import type { PolicySpec } from './spec.ts';
import { POLICY } from './spec.ts';

const FAMILIES: readonly Family[] = [4, 6];

function set({ netns, name }: Ref, policy: string): Command[] {
  return [{ tool: 'iptables', netns, ...parseChainName(name), edit: { op: 'policy', policy } }];
}

const inNamespace = onceByView<Observed<PolicySpec>>(({ netns, get }, node) => {
  const found: Observed<PolicySpec>[] = [];
  for (const family of FAMILIES) {
    get(iptablesSaveProbes[family])?.forEach((chains, table) => {
      chains.forEach(({ policy }, chain) => {
        if (policy === '-' || policy === 'ACCEPT') return;
        const name = `${String(family)}/${table}/${chain}`;
        found.push({ node, netns, kind: POLICY, name, owner: 'ours', spec: { policy } });
      });
    });
  }
  return found;
});

/**
 * A policy of a built-in chain in a namespace of ours that drops what no rule accepts. Neutron leaves all policies at
 * ACCEPT.
 */
export const policyKind: Kind<PolicySpec> = {
  name: POLICY,
  ...policyFields,
  counted: { one: 'policy', many: 'policies' },
  ownership: {
    ours: 'every policy in a namespace of ours; never one in the node’s own namespace',
    notes: 'only a policy other than ACCEPT is observed, and it is set to ACCEPT',
  },
  describe: ({ policy }) => policy,
  probes: FAMILIES.map((family) => iptablesSaveProbes[family]),

  observe(view, topology) {
    return ownNamespaces(view, topology).flatMap((one) => inNamespace(one, view.node, topology));
  },

  *needs({ netns }) {
    if (netns !== null) yield insideNetns(netns, true);
  },

  create: (resource) => set(resource, resource.spec.policy),
  update: (resource) => set(resource, resource.spec.policy),
  remove: (observed) => set(observed, 'ACCEPT'),
};
