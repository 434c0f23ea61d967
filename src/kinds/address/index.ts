import type { FieldChange } from '../../model/change.ts';
import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import { parseMark } from '../../model/mark.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Netns, Observed } from '../../model/resource.ts';
import { borrowedNic, nicLabel } from '../shared/alias.ts';
import { compareAttributes, compareFields } from '../shared/compare.ts';
import { ipProbe, type RawAddress, type RawLink } from '../shared/ip.ts';
import { nodeNamespace, ownNamespaces } from '../shared/owner.ts';
import { announceToken } from '../shared/owed-tokens.ts';
import type { AddressSpec } from './spec.ts';

const FOREVER = 4294967295;

function attributesOf(raw: RawAddress): Record<string, string> {
  const found: Record<string, string> = {};
  if (raw.address !== undefined) found['peer'] = raw.address;
  if (raw.metric !== undefined) found['metric'] = `${raw.metric}`;
  if (raw.noprefixroute) found['noprefixroute'] = '';
  if ((raw.valid_life_time ?? FOREVER) !== FOREVER) found['valid_lft'] = `${raw.valid_life_time}`;
  if ((raw.preferred_life_time ?? FOREVER) !== FOREVER) found['preferred_lft'] = `${raw.preferred_life_time}`;
  return found;
}

/** A lifetime runs out all the time: it counts only whether there is one. Words for it can be changed in place. */
function isLifetime(name: string): boolean {
  return name.endsWith('_lft');
}

function compareExtras(
  { attributes: desired = {} }: AddressSpec,
  { attributes: observed = {} }: AddressSpec,
): FieldChange[] {
  return compareAttributes('attributes', desired, observed).flatMap((change) => {
    if (!isLifetime(change.field)) return [{ ...change, replace: true }];
    return change.from !== undefined && change.to !== undefined ? [] : [change];
  });
}

function specOf(device: string, raw: RawAddress): AddressSpec {
  const attributes = attributesOf(raw);
  return {
    device,
    cidr: `${raw.local ?? ''}/${raw.prefixlen}`,
    ...(raw.broadcast !== undefined && { broadcast: raw.broadcast }),
    scope: raw.scope as AddressSpec['scope'],
    label: raw.label ?? device,
    ...(Object.keys(attributes).length > 0 && { attributes }),
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

/** The NIC a link stands for: a bridge's by its mark, or, where that is lost, its one port that nobody has marked. */
function nicOf(link: RawLink, links: readonly RawLink[]): string {
  const borrowed = borrowedNic(link.ifalias);
  if (borrowed !== undefined || link.linkinfo?.info_kind !== 'bridge' || link.ifalias !== undefined)
    return borrowed ?? link.ifname;
  const [port, ...more] = links.filter(
    (other) => other.master === link.ifname && parseMark(other.ifalias) === undefined,
  );
  return port !== undefined && more.length === 0 ? port.ifname : link.ifname;
}

/** On the node's own links only what carries our label is ours; an address on a bridge that borrowed a NIC is named by the NIC. */
function* labelled(view: NodeView): Iterable<Observed<AddressSpec>> {
  const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
  for (const link of links) {
    const nic = nicOf(link, links);
    for (const raw of link.addr_info ?? []) {
      if (raw.family !== 'inet' || raw.local === undefined) continue;
      const owner = raw.label === nicLabel(link.ifname) ? 'ours' : 'foreign';
      const spec: AddressSpec = { ...specOf(link.ifname, raw), nic };
      yield { node: view.node, netns: null, kind: 'address', name: `${spec.cidr}%${nic}`, owner, spec };
    }
  }
}

function words(
  action: 'add' | 'del',
  { cidr, device, broadcast, scope, label, attributes = {} }: AddressSpec,
): string[] {
  const { peer, ...others } = attributes;
  const [local = '', length = ''] = cidr.split('/');
  const own = peer === undefined ? [cidr] : [local, 'peer', `${peer}/${length}`];
  if (action === 'del') return ['addr', 'del', ...own, 'dev', device];
  const brd = broadcast === undefined ? [] : ['broadcast', broadcast];
  const named = cidr.includes(':') ? [] : ['label', label];
  const extras = Object.entries(others).flatMap(([word, value]) => (value === '' ? [word] : [word, value]));
  return ['addr', 'add', ...own, ...brd, 'scope', scope, ...named, 'dev', device, ...extras];
}

/** An address. On a NIC of the node it is ours by its label; in a namespace of ours all of scope global are. */
export const addressKind: Kind<AddressSpec> = {
  name: 'address',
  ownership:
    'in a namespace of ours: scope global; on the node’s own NICs: label `<device>:netloom` (cut at 15 characters)',
  probes: [ipProbe],
  foreign: 'suffices',

  *observe(view, topology) {
    for (const { netns, get } of ownNamespaces(view, topology))
      yield* inherited(view.node, netns, get(ipProbe)?.links ?? []);
    yield* labelled(view);
  },

  needs: ({ netns, spec }) => [
    { kind: 'link', netns, name: spec.device, contains: netns !== null },
    ...(spec.nic === undefined ? [] : [{ kind: 'nic', netns: null, name: spec.nic }]),
  ],

  // Nothing of an address but its lifetime can be altered in place. One on a NIC moves with it, and its label with it.
  compare: (desired, observed) => [
    ...compareFields(
      desired,
      observed,
      desired.nic === undefined
        ? { device: 'replace', broadcast: 'replace', scope: 'replace', label: 'replace' }
        : { broadcast: 'replace', scope: 'replace' },
    ),
    ...compareExtras(desired, observed),
  ],

  create: ({ netns, spec }): Command[] => [{ tool: 'ip', netns, words: words('add', spec) }],
  update: ({ netns, spec }): Command[] => {
    const { valid_lft = 'forever', preferred_lft = 'forever' } = spec.attributes ?? {};
    return [
      {
        tool: 'ip',
        netns,
        words: [
          'addr',
          'change',
          spec.cidr,
          'dev',
          spec.device,
          'valid_lft',
          valid_lft,
          'preferred_lft',
          preferred_lft,
        ],
      },
    ];
  },
  remove: ({ netns, spec }) => [{ tool: 'ip', netns, words: words('del', spec) }],

  impact: (action) => (action === 'create' || action === 'update' ? 'none' : 'flap'),

  owes({ desired }, context) {
    if (!desired || desired.netns === null) return [];
    // Where the kernel is not told to announce, nobody waits for it.
    const notify = context.desired.resources.get(
      `${desired.node}/${desired.netns}/sysctl/net/ipv4/conf/all/arp_notify`,
    );
    return notify === undefined ? [] : [announceToken(desired.spec.device)];
  },

  claims: () => [],
};
