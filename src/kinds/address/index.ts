import type { Command } from '../../model/command.ts';
import { desiredAt } from '../../model/graph.ts';
import { needOf, type Kind, type KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Disturbance, Netns, Observed, Resource } from '../../model/resource.ts';
import { familyOfText } from '../../net/address-text.ts';
import { addressOfCidr, networkOf } from '../../net/block.ts';
import { nicLabel } from '../../kernel/links/alias.ts';
import { ipProbe, type RawAddress, type RawLink, type RawRoute } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsState } from '../../kernel/openvswitch/database.ts';
import { ownNodePorts } from '../../kernel/links/node-ports.ts';
import { nicOfOvsBridge } from '../../kernel/openvswitch/mark.ts';
import { isForeignLink } from '../../kernel/links/foreign-link.ts';
import { isBridge, isOwnBridge, nicOfBridge, nodeNamespace, ownNamespaces } from '../../kernel/links/owner.ts';
import { onceByView } from '../../kernel/probes/once.ts';
import { sysctlProbe } from '../../kernel/probes/sysctl.ts';
import { l3Probe } from '../../kernel/netlink/l3.ts';
import { announceToken } from '../../kernel/effects/owed-tokens.ts';
import { programText } from '../../programs/text.ts';
import { isAutoconfigured } from './autoconfigured.ts';
import { isVirtual } from './virtual.ts';
import { lostRoutes } from './own-routes.ts';
import { alsoOnNode } from './on-node.ts';
import { overlapsNode } from './overlap.ts';
import { touches } from './touches.ts';
import { addressFields } from './fields.ts';
import type { AddressSpec } from './spec.ts';
import { ADDRESS, networkKey } from './spec.ts';
import { nicRef } from '../nic/spec.ts';
import { describe, shown } from './words.ts';
import { sysctlRef } from '../sysctl/spec.ts';

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

/**
 * Yields the addresses of a namespace of ours. Those of scope global or link are ours, no matter which program added
 * them, except those that the kernel autoconfigures and those of a VRRP daemon. One of scope host makes the namespace
 * itself take the traffic.
 */
function* inherited(
  node: string,
  netns: Netns,
  links: readonly RawLink[],
  routes: readonly RawRoute[] = [],
  vrrp = false,
): Iterable<Observed<AddressSpec>> {
  for (const link of links) {
    for (const raw of link.addr_info ?? []) {
      if (raw.local === undefined || isAutoconfigured(raw) || isLoopback(raw.local)) continue;
      if (vrrp && isVirtual(raw)) continue;
      const lost = netns === null ? [] : lostRoutes(link, raw, routes);
      const spec: AddressSpec = { ...specOf(link.ifname, raw), ...(lost.length > 0 && { lostRoutes: lost }) };
      const usual = raw.scope === 'global' || raw.scope === 'link';
      const seen: Observed<AddressSpec> = {
        node,
        netns,
        kind: ADDRESS,
        name: `${spec.cidr}%${link.ifname}`,
        owner: usual ? 'ours' : 'foreign',
        spec,
        ...(!usual && netns !== null && { disturbs: hostDisturbance(spec) }),
      };
      if (usual || netns !== null) yield seen;
    }
  }
}

const inNamespace = onceByView<Observed<AddressSpec>, OvsState>(({ netns, get }, node, topology, ovs) => {
  const { links = [], routes = [] } = get(ipProbe) ?? {};
  // The addresses of a device of others go with it.
  const own = links.filter((link) => !isForeignLink(link, topology, ovs));
  return inherited(node, netns, own, routes, get(l3Probe)?.vrrp);
});

function hostDisturbance({ cidr, device, scope }: AddressSpec): Disturbance {
  const what = `address ${cidr} dev ${device} scope ${scope}`;
  return { what, why: `delivers to the namespace itself the traffic to ${addressOfCidr(cidr)}` };
}

function isLoopback(local: string): boolean {
  return local === '::1' || local.startsWith('127.');
}

/**
 * On the node's own links, except our ports, only an address with our label is ours. An address on a bridge that
 * borrowed a NIC is named by the NIC.
 */
function* labelled(view: NodeView, topology: string): Iterable<Observed<AddressSpec>> {
  const links = nodeNamespace(view)?.get(ipProbe)?.links ?? [];
  const ports = ownNodePorts(view, topology);
  for (const link of links) {
    if (ports.includes(link)) continue;
    const unmarked = link.ifalias === undefined ? nicOfOvsBridge(view.get(ovsProbe), link.ifname, topology) : undefined;
    const bridged = isBridge(link) || unmarked !== undefined;
    const nic = unmarked ?? (bridged ? nicOfBridge(link, links) : undefined) ?? link.ifname;
    const isOwn = unmarked !== undefined || isOwnBridge(link, links, topology);
    for (const raw of link.addr_info ?? []) {
      if (raw.family !== 'inet' || raw.local === undefined) continue;
      const label = nicLabel(link.ifname, topology, isOwn);
      const isMarked = label !== undefined && raw.label === label;
      // On a bridge that lost its mark, the label alone does not tell whose the address is.
      const adoptable = isMarked && bridged && link.ifalias === undefined;
      const owner = isMarked && !adoptable ? 'ours' : 'foreign';
      const spec: AddressSpec = { ...specOf(link.ifname, raw), nic };
      yield {
        node: view.node,
        netns: null,
        kind: ADDRESS,
        name: `${spec.cidr}%${nic}`,
        owner,
        spec,
        ...(adoptable && { adoptable }),
      };
    }
  }
}

/**
 * Returns the spec of a NIC's address with the label that marks it. `brq…` may not exist yet, so the graph is searched
 * for it too.
 */
function marked({ node, spec }: Resource<AddressSpec>, context: KindContext): AddressSpec {
  if (spec.nic === undefined) return spec;
  const onBridge = context.desiredLink(node, null, spec.device)?.isBridge === true;
  return { ...spec, label: nicLabel(spec.device, context.topology, onBridge) ?? spec.device };
}

const DELETE_ALONE = programText(new URL('./delete-alone.sh', import.meta.url));

/** Returns the command that deletes an address. On a NIC of the node the others of its subnet stay. */
function deletion({ node, netns, spec }: Observed<AddressSpec>, context: KindContext): Command {
  const line = words('del', spec);
  const key = `net/ipv4/conf/${spec.device}/promote_secondaries`;
  const promotes = namespaceView(context.view(node), null)?.get(sysctlProbe)?.get(key) ?? '0';
  if (spec.nic === undefined || promotes !== '0') return { tool: 'ip', netns, words: line };
  return { tool: 'exec', netns: null, argv: ['sh', '-c', DELETE_ALONE, 'sh', `/proc/sys/${key}`, ...line] };
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
  const named = familyOfText(cidr) === 6 ? [] : ['label', label];
  const extras = Object.entries(others).flatMap(([word, value]) => (value === '' ? [word] : [word, value]));
  return ['addr', 'add', ...own, ...brd, 'scope', scope, ...named, 'dev', device, ...extras];
}

/**
 * An address. On a NIC of the node it is ours by its label; in a namespace of ours all addresses are, except those that
 * the kernel makes.
 */
export const addressKind: Kind<AddressSpec> = {
  name: ADDRESS,
  ...addressFields,
  counted: { one: 'address', many: 'addresses' },
  ownership: {
    ours:
      'in a namespace of ours, but for devices of others, and on our ports in the node’s own namespace: ' +
      'every address of scope global or link; ' +
      'on a bridge of ours: label `<bridge>:`; on a NIC outside bridges: label `<nic>:<hash of the topology>`',
    notes:
      'a foreign address is accepted in place of a desired one; if the device name leaves no room for the label, the ' +
      'address is created but never deleted; an address from a router advertisement, and a link-local IPv6 address ' +
      'that the kernel derives from a MAC or a secret, belong to the kernel; in a namespace of ours where a daemon ' +
      'speaks VRRP, an address without a broadcast address (IPv6: a deprecated /128) is the daemon’s',
  },
  describe,
  shown,
  probes: [ipProbe, l3Probe, sysctlProbe, ovsProbe],
  existence: ({ netns, spec: { device, cidr } }) => ({
    netns,
    argv: ['ip', '-o', 'address', 'show', 'dev', device, 'to', cidr],
    prints: ` ${cidr} `,
  }),
  foreign: 'suffices',

  *observe(view, topology) {
    const ovs = view.get(ovsProbe);
    for (const namespace of ownNamespaces(view, topology)) yield* inNamespace(namespace, view.node, topology, ovs);
    yield* inherited(view.node, null, ownNodePorts(view, topology));
    yield* labelled(view, topology);
  },

  restoresForeign: true,
  restored: ({ lostRoutes: _, ...spec }) => spec,

  needs: ({ node, netns, spec }) => [
    { kind: 'link', netns, name: spec.device, contains: spec.nic === undefined },
    ...(spec.nic === undefined ? [] : [needOf(nicRef(node, spec.nic))]),
    // Where IPv6 is turned off no IPv6 address can be set.
    ...(familyOfText(spec.cidr) === 6
      ? [needOf(sysctlRef({ node, netns }, `net/ipv6/conf/${spec.device}/disable_ipv6`))]
      : []),
  ],

  create: (resource, context): Command[] => [
    { tool: 'ip', netns: resource.netns, words: words('add', marked(resource, context)) },
  ],
  update: ({ netns, spec }, observed, fields): Command[] => {
    const { valid_lft = 'forever', preferred_lft = 'forever' } = spec.attributes ?? {};
    const lifetimes = ['valid_lft', valid_lft, 'preferred_lft', preferred_lft];
    // As the kernel's own, each precedes others with its destination; a floating IP is also its own broadcast address.
    const routes = (observed.spec.lostRoutes ?? []).map((words) => [
      'route',
      words.startsWith('broadcast ') ? 'append' : 'prepend',
      ...words.split(' '),
    ]);
    const lines = [
      ...(fields.some(({ field }) => field.endsWith('_lft'))
        ? [['addr', 'change', spec.cidr, 'dev', spec.device, ...lifetimes]]
        : []),
      ...routes,
    ];
    return lines.map((line) => ({ tool: 'ip', netns, words: line }));
  },
  remove: (observed, context) => [deletion(observed, context)],

  inspect: (resource, change, context) => [
    ...overlapsNode(resource, change, context),
    ...alsoOnNode(resource, context),
  ],

  touches,

  effects({ desired }, context) {
    // Only ARP is announced; IPv6 neighbours are solicited.
    if (!desired || desired.spec.nic !== undefined || familyOfText(desired.spec.cidr) === 6) return [];
    // Without `arp_notify` in the file, no announcement is owed.
    const { node, netns, spec } = desired;
    const path = `net/ipv4/conf/${netns === null ? spec.device : 'all'}/arp_notify` as const;
    const notify = desiredAt(context.desired, sysctlRef({ node, netns }, path));
    return notify === undefined ? [] : [announceToken(desired.spec.device)];
  },

  // An address leaves its old device before it is set on the new one; those of the node's own NICs move with them.
  breakBeforeMake: ({ spec: { cidr, scope, nic } }) =>
    nic === undefined && scope === 'global' ? [`address ${cidr}`] : [],
  givesUp: (object) => [networkKey(object, networkOf(object.spec.cidr))],
  // A NIC always keeps an address: without one the kernel would delete its routes.
  makeBeforeBreak: ({ nic }) => (nic === undefined ? [] : [`addresses of ${nic}`]),
};
