import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Ref, Resource } from '../../model/resource.ts';
import { isNodePortAlias, isOvsBridgeAlias } from '../links/alias.ts';
import { ipProbe, linkOf, type RawLink } from '../probes/ip.ts';
import { ovsProbe, type OvsInterface, type OvsState } from './database.ts';
import { ownerOfIds } from './mark.ts';
import { ownerOfAlias } from '../links/owner.ts';

/** Why the switch has no port behind a row of its database, if it has none. */
export function creationFailure({ error, ofport }: OvsInterface): string | undefined {
  if (error !== '') return `the switch could not make it: ${error}`;
  return ofport === undefined || ofport < 0 ? 'the switch could not make it' : undefined;
}

/**
 * Whether the switch holds this very link, and not one of the same name that has gone (the database goes by the name).
 * The kernel's datapath makes it a port of its own device. The userspace one sets it to promiscuous mode, and a link
 * that is made has that off.
 */
export function isInDatapath(link: RawLink): boolean {
  return link.linkinfo?.info_slave_kind === 'openvswitch' || link.flags.includes('PROMISC');
}

/** The attributes of a link without what the switch sets on those it holds. */
export function withoutSwitchAttributes(
  attributes: Readonly<Record<string, string>>,
  link: RawLink,
  ovs: OvsState | undefined,
): Readonly<Record<string, string>> {
  if (attributes['promisc'] === undefined || ovs?.interfaces.has(link.ifname) !== true) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== 'promisc'));
}

/** Devices that the switch makes for itself in the node's own namespace: they are nobody's tap and nobody's NIC. */
export function isSwitchDevice(link: RawLink, ovs: OvsState | undefined): boolean {
  const kind = link.linkinfo?.info_kind;
  if (kind === 'openvswitch' || isOvsBridgeAlias(link.ifalias) || isNodePortAlias(link.ifalias)) return true;
  if (kind !== 'tun') return false;
  return link.ifname === 'ovs-netdev' || ovs?.interfaces.get(link.ifname)?.type === 'internal';
}

/** What is wrong with the switch of a node as a whole; without it nothing can be read or written. */
export function switchUnavailable(
  view: NodeView | undefined,
  at: Pick<Diagnostic, 'range'> = {},
): readonly Diagnostic[] {
  const ovs = view?.get(ovsProbe);
  if (!view || !ovs || (ovs.state === 'answers' && ovs.vswitchdRuns)) return [];
  const { node } = view;
  const [summary, detail, program] = {
    absent: [`Open vSwitch does not run on ${node}`, 'There is no socket of its database.', 'openvswitch-switch'],
    silent: [`the database of Open vSwitch on ${node} does not answer`, ovs.why, 'ovsdb-server'],
    answers: [
      `ovs-vswitchd does not run on ${node}`,
      'Its database would take what nobody carries out.',
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
      hint: `start ${program} on ${node} (systemctl restart openvswitch-switch; in a lab: netloom lab up), and try again`,
      ...at,
    },
  ];
}

/**
 * Why a port that is to be made can't have its name: another one has it, or a link of the node has that is none of the
 * switch's. For what is plugged in, that link is the port.
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
  // A link of ours that has it is on its way out: the plan would be refused otherwise.
  const isOurs = ownerOfAlias(device?.ifalias, topology) === 'ours';
  const isLink = !plugs && device !== undefined && !isOurs && !isSwitchDevice(device, ovs);
  if (!isForeign && !isLink) return [];
  const what = isForeign ? 'a port of Open vSwitch' : 'a link';
  return [
    {
      code: 'NLP08',
      severity: 'error',
      summary: `${node} has ${what} named ${name} that is not ours`,
      detail: 'It stands where one of ours should.',
      place: { node },
      hint: `remove it by hand (${isForeign ? 'ovs-vsctl del-port' : 'ip link del dev'} ${name}), or give the object in the file another id or name`,
      ...(origin.range && { range: origin.range }),
    },
  ];
}

/** One name is one port, on its node. */
export function portClaim({ node }: Ref, name: string): string {
  return `ovs-port ${node}/${name}`;
}
