import type { Command } from '../../model/command.ts';
import { needOf, type Kind } from '../../model/kind.ts';
import { changed } from '../fields/index.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { addPort, delPort, mapWords, ovs, ovsString, setTag } from '../../kernel/openvswitch/commands.ts';
import { nameConflict, portClaim, switchUnavailable } from '../../kernel/openvswitch/health.ts';
import { markIds } from '../../kernel/openvswitch/mark.ts';
import { portExistence } from '../../kernel/openvswitch/existence.ts';
import { observePatches } from './observe.ts';
import { ovsPatchFields } from './fields.ts';
import type { OvsPatchSpec, PatchEnd } from './spec.ts';
import { ovsBridgeRef } from '../ovs-bridge/spec.ts';
import { OVS_PATCH } from './spec.ts';
import { describe, shown } from './words.ts';

function marked(end: string, patch: string, topology: string): Command {
  return ovs('set', 'Interface', end, ...mapWords('external_ids', markIds(topology, { patch })));
}

/** A pair of patch ports. Both ends are written in one transaction: one alone is an error to the switch. */
export const ovsPatchKind: Kind<OvsPatchSpec> = {
  name: OVS_PATCH,
  ...ovsPatchFields,
  counted: { one: 'patch port', many: 'patch ports' },
  ownership: {
    ours: '`external_ids:netloom` of either Interface row, with `netloom-patch`',
    notes: 'if one end is ours, the pair is',
  },
  describe,
  shown,
  probes: [ovsProbe],
  existence: ({ name }) => portExistence(name),
  observe: observePatches,

  needs: ({ node, spec: { bridge, peer } }) => [bridge, peer.bridge].map((name) => needOf(ovsBridgeRef(node, name))),

  breakBeforeMake: (object) => [object.name, object.spec.peer.name].map((name) => portClaim(object, name)),

  create({ name, spec }, { topology }) {
    const end = (own: string, other: string, { bridge, tag }: PatchEnd): Command[] => [
      addPort(bridge, own, tag),
      ovs('set', 'Interface', own, 'type=patch', `options:peer=${ovsString(other)}`),
      marked(own, name, topology),
    ];
    return [...end(name, spec.peer.name, spec), ...end(spec.peer.name, name, spec.peer)];
  },

  update: ({ name, spec }, _observed, fields, { topology }) => [
    ...(changed(fields, 'marked') ? [name, spec.peer.name].map((end) => marked(end, name, topology)) : []),
    ...(changed(fields, 'tag') ? [setTag(name, spec.tag)] : []),
    ...(changed(fields, 'peer.tag') ? [setTag(spec.peer.name, spec.peer.tag)] : []),
  ],

  // A missing end leaves its name free for other objects.
  remove: ({ name, spec: { bridge, peer } }) => [
    ...(bridge === '' ? [] : [delPort(name)]),
    ...(peer.name === '' ? [] : [delPort(peer.name)]),
  ],

  inspect: (resource, change, context) =>
    [resource.name, resource.spec.peer.name].flatMap((name) =>
      nameConflict({ ...resource, name }, change, context, true),
    ),
  inspectRemoval: ({ node }, context) => switchUnavailable(context.view(node)),
};
