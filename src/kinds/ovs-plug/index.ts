import type { Kind } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { changed } from '../fields/index.ts';
import { ipProbe, linkOf, type RawLink } from '../../kernel/probes/ip.ts';
import { ovsProbe, type OvsInterface } from '../../kernel/openvswitch/database.ts';
import { addPort, delPort, mapWords, ovs, setIds, setTag, setTrunks } from '../../kernel/openvswitch/commands.ts';
import {
  isInDatapath,
  nameConflict,
  portClaim,
  switchUnavailable,
  creationFailure,
} from '../../kernel/openvswitch/health.ts';
import { markIds, otherIds, ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import { ownerOfLink } from '../../kernel/links/owner.ts';
import { portExistence } from '../../kernel/openvswitch/existence.ts';
import { ovsPlugFields } from './fields.ts';
import type { OvsPlugSpec } from './spec.ts';
import { ovsBridgeOfPort } from '../ovs-bridge/spec.ts';
import { OVS_PLUG } from './spec.ts';
import { describe, shown } from './words.ts';

function brokenBy(row: OvsInterface, link: RawLink | undefined): string | undefined {
  if (link === undefined) return 'its link is missing';
  return creationFailure(row) ?? (isInDatapath(link) ? undefined : 'the switch holds a deleted link of its name');
}

/**
 * A port whose link is ours is ours. If the switch holds a link that no longer exists, the port is plugged in again.
 */
function* observePlugs(view: NodeView, topology: string): Iterable<Observed<OvsPlugSpec>> {
  const ovs = view.get(ovsProbe);
  const links = namespaceView(view, null)?.get(ipProbe);
  for (const row of ovs?.interfaces.values() ?? []) {
    if (row.type !== '') continue;
    const link = linkOf(links, row.name);
    const isMarked = ownerOfIds(row.ids, topology) === 'ours';
    if (!isMarked && ownerOfLink(link, topology) !== 'ours') continue;
    const port = ovs?.ports.get(row.name);
    const incomplete = brokenBy(row, link);
    yield {
      node: view.node,
      netns: null,
      kind: OVS_PLUG,
      name: row.name,
      owner: 'ours',
      spec: {
        bridge: port?.bridge ?? '',
        tag: port?.tag ?? null,
        trunks: port?.vlanMode === 'trunk' ? port.trunks : [],
        ids: otherIds(row.ids),
        marked: isMarked,
      },
      ...(incomplete !== undefined && { incomplete }),
    };
  }
}

/** A link of the node as a port of an Open vSwitch bridge. */
export const ovsPlugKind: Kind<OvsPlugSpec> = {
  name: OVS_PLUG,
  ...ovsPlugFields,
  counted: { one: 'switch port', many: 'switch ports' },
  ownership: { ours: '`external_ids:netloom` of its Interface row, or alias of the link' },
  describe,
  shown,
  probes: [ipProbe, ovsProbe],
  existence: ({ name }) => portExistence(name),
  observe: observePlugs,

  needs: ({ name, spec: { bridge } }) => [{ kind: 'link', netns: null, name }, ovsBridgeOfPort(bridge)],

  breakBeforeMake: (object) => [portClaim(object, object.name)],

  create: ({ name, spec }, { topology }) => [
    addPort(spec.bridge, name, spec.tag),
    ...(spec.trunks.length === 0 ? [] : [setTrunks(name, spec.trunks)]),
    ovs('set', 'Interface', name, ...mapWords('external_ids', { ...spec.ids, ...markIds(topology) })),
  ],

  update: ({ name, spec }, _observed, fields, { topology }) => [
    ...(changed(fields, 'marked')
      ? [ovs('set', 'Interface', name, ...mapWords('external_ids', markIds(topology)))]
      : []),
    ...(changed(fields, 'tag') ? [setTag(name, spec.tag)] : []),
    ...(changed(fields, 'trunks') ? [setTrunks(name, spec.trunks)] : []),
    ...setIds(name, fields),
  ],

  remove: ({ name }) => [delPort(name)],
  inspect: (resource, change, context) => nameConflict(resource, change, context, true),
  inspectRemoval: ({ node }, context) => switchUnavailable(context.view(node)),
};
