import type { Kind } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { nodePortAlias } from '../../kernel/links/alias.ts';
import { updateAttributes, deleteLink, setAttributes, setLink } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { DEAD_VLAN } from '../../kernel/openvswitch/dead-vlan.ts';
import { addPort, delPort, mapWords, ovs, ovsString, setIds, setTag } from '../../kernel/openvswitch/commands.ts';
import { nameConflict, portClaim, switchUnavailable } from '../../kernel/openvswitch/health.ts';
import { markIds } from '../../kernel/openvswitch/mark.ts';
import { portExistence } from '../../kernel/openvswitch/existence.ts';
import { isDevice, observeInternals } from './observe.ts';
import { ovsInternalFields } from './fields.ts';
import type { OvsInternalSpec } from './spec.ts';
import { insideNetns } from '../netns/spec.ts';
import { ovsBridgeOfPort } from '../ovs-bridge/spec.ts';
import { OVS_INTERNAL } from './spec.ts';
import { describe, shown } from './words.ts';

/**
 * An internal port. The switch creates its device in the node's own namespace, where it is marked before it moves to
 * its own namespace. A switch that dies leaves the device behind, dead; when it starts again it creates another one of
 * that name in the node's own namespace.
 */
export const ovsInternalKind: Kind<OvsInternalSpec> = {
  name: OVS_INTERNAL,
  ...ovsInternalFields,
  counted: { one: 'link', many: 'links' },
  ownership: {
    ours:
      '`external_ids:netloom` of its Interface row, with `netloom-netns` (`-`: the node’s own namespace); or the ' +
      'alias of its device: in a namespace of ours `netloom:<topology>`, in the node’s own with `,ovs-internal`',
    notes: 'the row names the namespace of the device, even if the device is missing',
  },
  describe,
  shown,
  probes: [ipProbe, ovsProbe],
  existence: ({ name }) => portExistence(name),
  observe: observeInternals,

  // The device is deleted with its namespace, but not the row: so the port is deleted first. With its bridge, all of it
  // is deleted.
  needs: ({ netns, spec: { bridge } }) => [
    ...(netns === null ? [] : [insideNetns(netns, bridge === '')]),
    ...(bridge === '' ? [] : [ovsBridgeOfPort(bridge)]),
  ],

  // By its VLAN.
  admitsTraffic: true,
  providedLinks: ({ netns, name, spec: { mac } }) => [{ netns, name, mac }],
  // Its device is created in the node's own namespace, where a tap may have the name.
  breakBeforeMake: (object) => [`mac ${object.spec.mac}`, `tap ${object.name}`, portClaim(object, object.name)],

  // The namespace is complete before the port gets its own VLAN.
  create: ({ netns, name, spec }, { mark, topology }) => [
    addPort(spec.bridge, name, DEAD_VLAN),
    ovs(
      'set',
      'Interface',
      name,
      'type=internal',
      ...mapWords('external_ids', { ...spec.ids, ...markIds(topology, { netns }) }),
      `mac=${ovsString(spec.mac)}`,
      `mtu_request=${spec.mtu}`,
    ),
    setLink(null, name, 'alias', netns === null ? nodePortAlias(topology) : mark),
    ...(netns === null ? [] : [setLink(null, name, 'netns', netns)]),
    setLink(netns, name, 'address', spec.mac),
    setLink(netns, name, 'mtu', `${spec.mtu}`),
    ...setAttributes({ netns, device: name, groups: ['link'] }, spec.attributes),
    ...(spec.up ? [setLink(netns, name, 'up')] : []),
    setTag(name, spec.tag),
  ],

  update: ({ netns, name, spec }, _observed, fields, { mark, topology }) => [
    ...(changed(fields, 'marked')
      ? [ovs('set', 'Interface', name, ...mapWords('external_ids', markIds(topology, { netns })))]
      : []),
    ...(changed(fields, 'tag') ? [setTag(name, spec.tag)] : []),
    ...setIds(name, fields),
    // The switch does not reach a device in another namespace: its row is for the next device.
    ...(changed(fields, 'mac') ? [ovs('set', 'Interface', name, `mac=${ovsString(spec.mac)}`)] : []),
    ...(changed(fields, 'mtu') ? [ovs('set', 'Interface', name, `mtu_request=${spec.mtu}`)] : []),
    ...(changed(fields, 'marked')
      ? [setLink(netns, name, 'alias', netns === null ? nodePortAlias(topology) : mark)]
      : []),
    ...(changed(fields, 'mac') ? [setLink(netns, name, 'address', spec.mac)] : []),
    ...(changed(fields, 'mtu') ? [setLink(netns, name, 'mtu', `${spec.mtu}`)] : []),
    ...updateAttributes({ netns, device: name, groups: ['link'] }, fields),
    ...(changed(fields, 'up') ? [setLink(netns, name, spec.up ? 'up' : 'down')] : []),
  ],

  // A dead device first. If the switch holds it after all, its port is deleted with it, and the next command still
  // succeeds.
  remove({ node, netns, name, spec, incomplete }, context) {
    const inside = namespaceView(context.view(node), netns);
    const isDead = incomplete !== undefined && isDevice(linkOf(inside?.get(ipProbe), name));
    return [...(isDead ? [deleteLink(netns, name)] : []), ...(spec.bridge === '' ? [] : [delPort(name)])];
  },

  inspect: (resource, change, context) => nameConflict(resource, change, context),
  inspectRemoval: ({ node }, context) => switchUnavailable(context.view(node)),
};
