import { typedLine } from '../../model/command-line.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Ref, Resource } from '../../model/resource.ts';
import { isNodePortAlias, isOvsBridgeAlias } from '../links/alias.ts';
import { ipProbe, linkOf, type RawLink } from '../probes/ip.ts';
import { ovsProbe, type OvsInterface, type OvsState } from './database.ts';
import { ownerOfIds } from './mark.ts';
import { ownerOfLink } from '../links/owner.ts';

/** Returns why the switch has no port for a row of its database; `undefined` if it has one. */
export function creationFailure({ error, ofport }: OvsInterface): string | undefined {
  if (error !== '') return `the switch could not create it: ${error}`;
  return ofport === undefined || ofport < 0 ? 'the switch could not create it' : undefined;
}

/**
 * True if this link itself is in the switch's datapath, and not a deleted link of the same name (the database knows
 * names only). The kernel's datapath makes the link a port of the datapath's device. The userspace datapath sets the
 * link to promiscuous mode, which is off in a new link.
 */
export function isInDatapath(link: RawLink): boolean {
  return link.linkinfo?.info_slave_kind === 'openvswitch' || link.flags.includes('PROMISC');
}

/** Returns the attributes of a link without those that the switch sets on its ports. */
export function withoutSwitchAttributes(
  attributes: Readonly<Record<string, string>>,
  link: RawLink,
  ovs: OvsState | undefined,
): Readonly<Record<string, string>> {
  if (attributes['promisc'] === undefined || ovs?.interfaces.has(link.ifname) !== true) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'promisc'));
}

/** True for a device that the switch creates in the node's own namespace: it is neither a tap nor a NIC. */
export function isSwitchDevice(link: RawLink, ovs: OvsState | undefined): boolean {
  const kind = link.linkinfo?.info_kind;
  if (kind === 'openvswitch' || isOvsBridgeAlias(link.ifalias) || isNodePortAlias(link.ifalias)) return true;
  if (kind !== 'tun') return false;
  return link.ifname === 'ovs-netdev' || ovs?.interfaces.get(link.ifname)?.type === 'internal';
}

/** Returns an error if the node's switch cannot be read or written: its database or ovs-vswitchd does not run. */
export function switchUnavailable(
  view: NodeView | undefined,
  at: Pick<Diagnostic, 'range'> = {},
): readonly Diagnostic[] {
  const ovs = view?.get(ovsProbe);
  if (!view || !ovs || (ovs.state === 'answers' && ovs.vswitchdRuns)) return [];
  const { node } = view;
  const [summary, detail, program] = {
    absent: [`Open vSwitch does not run on ${node}`, 'Its database has no socket.', 'openvswitch-switch'],
    silent: [`the database of Open vSwitch on ${node} does not answer`, ovs.why, 'ovsdb-server'],
    answers: [
      `ovs-vswitchd does not run on ${node}`,
      'The database would accept changes that no process applies.',
      'ovs-vswitchd',
    ],
  }[ovs.state] as [string, string, string];
  return [
    {
      code: 'NLP07',
      severity: 'error',
      summary,
      detail,
      place: { node },
      hint:
        `start ${program} on ${node} (systemctl restart openvswitch-switch; in a lab, bring the lab up again), ` +
        'and try again',
      ...at,
    },
  ];
}

/**
 * Returns an error if a new port cannot have its name: a foreign row has it, or a link of the node
 * that is not the switch's. `plugs`: the port is a link plugged into the switch, so a link of its name is no conflict.
 */
export function nameConflict(
  { node, name, origin }: Resource,
  change: Change | undefined,
  context: KindContext,
  plugs = false,
): readonly Diagnostic[] {
  if (change?.action !== 'create') return [];
  const { topology } = context;
  const view = context.view(node);
  const ovs = view?.get(ovsProbe);
  const rows = [ovs?.bridges.get(name), ovs?.interfaces.get(name), ovs?.ports.get(name)];
  const isForeign =
    rows.some((row) => row !== undefined) && !rows.some((row) => ownerOfIds(row?.ids, topology) === 'ours');
  const device = linkOf(namespaceView(view, null)?.get(ipProbe), name);
  // A link of ours with this name is deleted by the same plan; otherwise the plan is refused.
  const isOurs = ownerOfLink(device, topology) === 'ours';
  const isLink = !plugs && device !== undefined && !isOurs && !isSwitchDevice(device, ovs);
  if (!isForeign && !isLink) return [];
  const what = isForeign ? 'a port of Open vSwitch' : 'a link';
  const words = isForeign ? ['ovs-vsctl', 'del-port'] : ['ip', 'link', 'del', 'dev'];
  return [
    {
      code: 'NLP08',
      severity: 'error',
      summary: `${node} has ${what} named ${name} that is not ours`,
      detail: 'It has the name of one that netloom is to create.',
      place: { node },
      hint: `delete it by hand (${typedLine(...words, name)}), or give the object in the file another id or name`,
      ...(origin.range && { range: origin.range }),
    },
  ];
}

/** Returns the claim on a port's name: a node has one port of each name. */
export function portClaim({ node }: Ref, name: string): string {
  return `ovs-port ${node}/${name}`;
}
