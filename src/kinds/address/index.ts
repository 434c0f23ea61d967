import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Netns, Observed } from '../../model/resource.ts';
import { borrowedNic, nicLabel } from '../shared/alias.ts';
import { compareFields } from '../shared/compare.ts';
import { ipProbe, type RawAddress, type RawLink } from '../shared/ip.ts';
import { nodeNamespace, ownNamespaces } from '../shared/owner.ts';
import { announceToken } from '../shared/owed-tokens.ts';
import type { AddressSpec } from './spec.ts';

function specOf(device: string, raw: RawAddress): AddressSpec {
  return {
    device,
    cidr: `${raw.local ?? ''}/${raw.prefixlen}`,
    ...(raw.broadcast !== undefined && { broadcast: raw.broadcast }),
    scope: raw.scope as AddressSpec['scope'],
    label: raw.label ?? device,
  };
}

/** In a namespace of ours every address of scope global is ours, whoever added it. */
function* inherited(node: string, netns: Netns, links: readonly RawLink[]): Iterable<Observed<AddressSpec>> {
  for (const { ifname, addr_info: addresses = [] } of links) {
    for (const raw of addresses) {
      const usual = raw.scope === 'global' || (raw.scope === 'link' && raw.family === 'inet');
      if (!usual || raw.local === undefined) continue;
      const spec = specOf(ifname, raw);
      yield { node, netns, kind: 'address', name: `${spec.cidr}%${ifname}`, owner: 'ours', spec };
    }
  }
}

/** On the node's own links only what carries our label is ours; an address on a bridge that borrowed a NIC is named by the NIC. */
function* labelled(view: NodeView): Iterable<Observed<AddressSpec>> {
  for (const link of nodeNamespace(view)?.get(ipProbe)?.links ?? []) {
    const nic = borrowedNic(link.ifalias) ?? link.ifname;
    for (const raw of link.addr_info ?? []) {
      if (raw.family !== 'inet' || raw.local === undefined) continue;
      const owner = raw.label === nicLabel(link.ifname) ? 'ours' : 'foreign';
      const spec: AddressSpec = { ...specOf(link.ifname, raw), nic };
      yield { node: view.node, netns: null, kind: 'address', name: `${spec.cidr}%${nic}`, owner, spec };
    }
  }
}

function words(action: 'add' | 'del', { cidr, device, broadcast, scope, label }: AddressSpec): string[] {
  if (action === 'del') return ['addr', 'del', cidr, 'dev', device];
  const brd = broadcast === undefined ? [] : ['broadcast', broadcast];
  const named = cidr.includes(':') ? [] : ['label', label];
  return ['addr', 'add', cidr, ...brd, 'scope', scope, ...named, 'dev', device];
}

/** An address. On a NIC of the node it is ours by its label; in a namespace of ours all of scope global are. */
export const addressKind: Kind<AddressSpec> = {
  name: 'address',
  ownership: 'in a namespace of ours: scope global; on the node’s own NICs: label `<device>:netloom` (cut at 15 characters)',
  probes: [ipProbe],
  foreign: 'suffices',

  *observe(view, topology) {
    for (const { netns, get } of ownNamespaces(view, topology)) yield* inherited(view.node, netns, get(ipProbe)?.links ?? []);
    yield* labelled(view);
  },

  needs: ({ netns, spec }) => [
    { kind: 'link', netns, name: spec.device, contains: netns !== null },
    ...(spec.nic === undefined ? [] : [{ kind: 'nic', netns: null, name: spec.nic }]),
  ],

  // Nothing of an address can be altered in place. One on a NIC moves with it, and its label with it.
  compare: (desired, observed) =>
    compareFields(
      desired,
      observed,
      desired.nic === undefined
        ? { device: 'replace', broadcast: 'replace', scope: 'replace', label: 'replace' }
        : { broadcast: 'replace', scope: 'replace' },
    ),

  create: ({ netns, spec }): Command[] => [{ tool: 'ip', netns, words: words('add', spec) }],
  update: () => [],
  remove: ({ netns, spec }) => [{ tool: 'ip', netns, words: words('del', spec) }],

  impact: (action) => (action === 'create' ? 'none' : 'flap'),

  owes({ desired }, context) {
    if (!desired || desired.netns === null) return [];
    // Where the kernel is not told to announce, nobody waits for it.
    const notify = context.desired.resources.get(`${desired.node}/${desired.netns}/sysctl/net/ipv4/conf/all/arp_notify`);
    return notify === undefined ? [] : [announceToken(desired.spec.device)];
  },

  claims: () => [],
};
