import { needOf, type Kind } from '../../model/kind.ts';
import { updateAttributes, setLink } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { sshSessionProbe } from '../../kernel/probes/ssh-session.ts';
import { FILTER_PROBES } from '../../kernel/filters/node-filters.ts';
import { managersProbe } from './managers.ts';
import { wirelessProbe } from './wireless.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { delPort } from '../../kernel/openvswitch/commands.ts';
import { linkExistence } from '../../kernel/links/existence.ts';
import { markPort, move, plugIn, socketOf } from './move.ts';
import { movedBack } from './moved-back.ts';
import { obstacles } from './obstacles.ts';
import { observeNics } from './observe.ts';
import { nicFields } from './fields.ts';
import type { NicSpec } from './spec.ts';
import { touches } from './touches.ts';
import { bridgeRef } from '../bridge/spec.ts';
import { ovsBridgeRef } from '../ovs-bridge/spec.ts';
import { NIC } from './spec.ts';

/**
 * A NIC of the node. It is borrowed: netloom puts it into a bridge and takes it out again, and moves its addresses and
 * routes with it.
 */
export const nicKind: Kind<NicSpec> = {
  name: NIC,
  ...nicFields,
  counted: { one: 'NIC', many: 'NICs' },
  ownership: {
    ours: 'never ours: updated, never deleted',
    notes: '_borrowed_ while the mark of its bridge names it (`nic=<NIC>`), or its port has `external_ids:netloom`',
  },
  foreign: 'borrowed',
  shown: ({ name, spec: { bridge } }) => ({ nic: true, ports: [{ name, bridge }] }),
  existence: ({ name }, topology) => linkExistence(null, name, topology, false),
  probes: [ipProbe, managersProbe, wirelessProbe, ovsProbe, sshSessionProbe, ...FILTER_PROBES],

  observe: observeNics,

  needs({ node, spec }) {
    if (spec.bridge === null) return [];
    return [needOf(spec.switch === 'openvswitch' ? ovsBridgeRef(node, spec.bridge) : bridgeRef(node, spec.bridge))];
  },

  providedLinks: (itself) => [itself],

  conforming: (spec) =>
    spec.bridge === null ? { owner: 'foreign', spec } : { owner: 'ours', spec: { ...spec, borrowed: true } },

  // It was there already, whichever program manages it.
  restored: ({ borrowed: _, plug: __, ...spec }) => ({ ...spec, stray: [], allowDynamic: true }),

  remains({ bridge, mtu }, observed) {
    if (bridge === null && mtu === undefined) return undefined;
    return `stays ${observed.up ? 'up' : 'down'}${mtu === undefined ? '' : `, MTU ${String(observed.mtu)}`}`;
  },

  // A missing NIC can't be created; `inspect` reports it. One that an apply has freed is missing in the plan back.
  create: (resource, context) => (context.reverts ? movedBack(resource, resource.spec, context) : []),

  update({ node, name, spec }, observed, fields, context) {
    if (context.reverts) return movedBack({ node, netns: null, kind: NIC, name }, spec, context);
    const to = socketOf(spec);
    const moved = changed(fields, 'bridge') ?? changed(fields, 'switch') ?? changed(fields, 'stray');
    const isElsewhere = observed.spec.bridge !== spec.bridge || observed.spec.switch !== spec.switch;
    const from = observed.owner === 'ours' && isElsewhere ? socketOf(observed.spec) : null;
    const plug = moved === undefined && spec.bridge !== null ? changed(fields, 'plug')?.from : undefined;
    return [
      ...(changed(fields, 'mtu') && spec.mtu !== undefined ? [setLink(null, name, 'mtu', `${spec.mtu}`)] : []),
      ...(moved && (to !== null || from !== null)
        ? move({ node, netns: null, kind: NIC, name }, { from, to }, context)
        : []),
      // The switch holds a device of that name that no longer exists.
      ...(plug === 'dead' ? [delPort(name), ...plugIn(name, spec.bridge ?? '', context.topology)] : []),
      ...(plug === 'unmarked' ? [markPort(name, context.topology)] : []),
      // A move to a bridge sets it up.
      ...(changed(fields, 'up') && (!moved || !spec.up) ? [setLink(null, name, spec.up ? 'up' : 'down')] : []),
      ...updateAttributes({ netns: null, device: name, groups: ['port'] }, fields),
    ];
  },

  remove: (observed, context) =>
    observed.spec.bridge === null ? [] : move(observed, { from: socketOf(observed.spec), to: null }, context),

  inspect: obstacles,
  touches,
};
