import type { Kind, KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { ovsBridgeAlias } from '../../kernel/links/alias.ts';
import { updateAttributes, deleteLink, setAttributes, setLink } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { mapWords, ovs, ovsString } from '../../kernel/openvswitch/commands.ts';
import { nameConflict, switchUnavailable } from '../../kernel/openvswitch/health.ts';
import { markIds } from '../../kernel/openvswitch/mark.ts';
import { observeBridges, foreignPortsIn } from './observe.ts';
import { ovsBridgeFields } from './fields.ts';
import type { OvsBridgeSpec } from './spec.ts';
import { OVS_BRIDGE } from './spec.ts';
import { shown } from './words.ts';

/** The switch gives a bridge an address by chance where that of its NIC is a local one. */
function pinned(node: string, { nic }: OvsBridgeSpec, context: KindContext): string[] {
  const mac =
    nic === undefined ? undefined : linkOf(namespaceView(context.view(node), null)?.get(ipProbe), nic)?.address;
  return mac === undefined ? [] : [`other_config:hwaddr=${ovsString(mac)}`];
}

/** Where its device is, and what its attributes are of. */
const ATTRIBUTED = { netns: null, groups: ['link'] } as const;

/** An Open vSwitch bridge: `br-int`, `br-ex`. */
export const ovsBridgeKind: Kind<OvsBridgeSpec> = {
  name: OVS_BRIDGE,
  ...ovsBridgeFields,
  ownership: {
    ours: '`external_ids:netloom=<topology>` of its row; alias `netloom:<topology>,nic=<NIC>,ovs-bridge` of its device',
    notes:
      'either suffices; a device of ours that no row speaks of is a corpse and goes; one that lost both but has a port of ours is taken if wanted',
  },
  shown,
  probes: [ipProbe, ovsProbe],
  observe: observeBridges,
  needs: () => [],
  providedLinks: ({ name }) => [{ netns: null, name, isBridge: true }],

  adaptToNode(spec, view) {
    if (spec.datapath !== '') return spec;
    return { ...spec, datapath: view.get(ovsProbe)?.kernelDatapath === true ? 'system' : 'netdev' };
  },

  create: ({ node, name, spec }, context) => [
    ovs('--may-exist', 'add-br', name),
    ovs(
      'set',
      'Bridge',
      name,
      ...(spec.datapath === '' ? [] : [`datapath_type=${spec.datapath}`]),
      ...(spec.failMode === '' ? [] : [`fail_mode=${spec.failMode}`]),
      ...mapWords('external_ids', markIds(context.topology)),
      ...pinned(node, spec, context),
    ),
    setLink(null, name, 'alias', ovsBridgeAlias(context.topology, spec.nic)),
    ...setAttributes({ ...ATTRIBUTED, device: name }, spec.attributes),
    ...(spec.up ? [setLink(null, name, 'up')] : []),
  ],

  update: ({ node, name, spec }, _observed, fields, context) => [
    ...(changed(fields, 'failMode')
      ? [
          spec.failMode === ''
            ? ovs('clear', 'Bridge', name, 'fail_mode')
            : ovs('set', 'Bridge', name, `fail_mode=${spec.failMode}`),
        ]
      : []),
    ...(changed(fields, 'marked')
      ? [ovs('set', 'Bridge', name, ...mapWords('external_ids', markIds(context.topology)))]
      : []),
    ...(changed(fields, 'nic') || changed(fields, 'mac')
      ? pinned(node, spec, context).map((word) => ovs('set', 'Bridge', name, word))
      : []),
    ...(changed(fields, 'marked') || changed(fields, 'nic')
      ? [setLink(null, name, 'alias', ovsBridgeAlias(context.topology, spec.nic))]
      : []),
    ...updateAttributes({ ...ATTRIBUTED, device: name }, fields),
    ...(changed(fields, 'up') ? [setLink(null, name, spec.up ? 'up' : 'down')] : []),
  ],

  remove({ node, name }, context) {
    const state = context.view(node)?.get(ovsProbe);
    // Without a switch nobody else takes the device away.
    if (state === undefined) return [deleteLink(null, name)];
    if (state.bridges.has(name)) return [ovs('--if-exists', 'del-br', name)];
    // The switch may still hold a device that no row speaks of, and takes it away with the bridge that it once was: then `ip` ends with 1, for it
    // finds no such device.
    return [{ tool: 'exec', netns: null, argv: ['ip', 'link', 'del', 'dev', name], ok: [1] }];
  },

  inspect(resource, change, context) {
    const { range } = resource.origin;
    const fault = switchUnavailable(context.view(resource.node), range && { range });
    return fault.length > 0 ? fault : nameConflict(resource, change, context);
  },

  inspectRemoval({ node, name, spec }, context) {
    const view = context.view(node);
    const fault = switchUnavailable(view);
    const strangers = fault.length > 0 ? [] : foreignPortsIn(view?.get(ovsProbe), name, spec.nic, context.topology);
    if (strangers.length === 0) return fault;
    return [
      {
        code: 'NLP06',
        severity: 'error',
        summary: `${name} of ${node} is to go, but holds a port that is not ours: ${strangers.join(', ')}`,
        detail: 'It would be cut off.',
        place: { node },
        hint: `unplug it first: ovs-vsctl del-port ${name} ${strangers[0] ?? ''}`,
      },
    ];
  },
};
