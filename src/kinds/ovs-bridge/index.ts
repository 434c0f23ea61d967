import { typedLine } from '../../model/command-line.ts';
import { adaptation, type Kind, type KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import { ovsBridgeAlias } from '../../kernel/links/alias.ts';
import { updateAttributes, deleteLink, setAttributes, setLink } from '../../kernel/links/set.ts';
import { changed } from '../fields/index.ts';
import { ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { mapWords, ovs, ovsString } from '../../kernel/openvswitch/commands.ts';
import { nameConflict, switchUnavailable } from '../../kernel/openvswitch/health.ts';
import { markIds } from '../../kernel/openvswitch/mark.ts';
import { bridgeExistence } from '../../kernel/openvswitch/existence.ts';
import { observeBridges, foreignPortsIn } from './observe.ts';
import { ovsBridgeFields } from './fields.ts';
import type { OvsBridgeSpec } from './spec.ts';
import { OVS_BRIDGE } from './spec.ts';
import { shown } from './words.ts';

/**
 * Returns the column that sets the NIC's address: if that is a local one, the switch would choose an address at random.
 */
function pinned(node: string, { nic }: OvsBridgeSpec, context: KindContext): string[] {
  const mac =
    nic === undefined ? undefined : linkOf(namespaceView(context.view(node), null)?.get(ipProbe), nic)?.address;
  return mac === undefined ? [] : [`other_config:hwaddr=${ovsString(mac)}`];
}

/** Where its device is, and the groups of its attributes. */
const ATTRIBUTED = { netns: null, groups: ['link'] } as const;

/** An Open vSwitch bridge: `br-int`, `br-ex`. */
export const ovsBridgeKind: Kind<OvsBridgeSpec> = {
  name: OVS_BRIDGE,
  ...ovsBridgeFields,
  counted: { one: 'bridge', many: 'bridges' },
  ownership: {
    ours: '`external_ids:netloom=<topology>` of its row; alias `netloom:<topology>,nic=<NIC>,ovs-bridge` of its device',
    notes:
      'either is enough; a device with our alias and without a row is deleted; a bridge without both marks that has ' +
      'a port of ours is adopted if desired',
  },
  shown,
  probes: [ipProbe, ovsProbe],
  existence: ({ name }) => bridgeExistence(name),
  observe: observeBridges,
  needs: () => [],
  providedLinks: ({ name }) => [{ netns: null, name, isBridge: true }],

  adaptation: adaptation(
    (view) => ({ datapath: view.get(ovsProbe)?.kernelDatapath === true ? ('system' as const) : ('netdev' as const) }),
    (spec, { datapath }) => (spec.datapath === '' ? { ...spec, datapath } : spec),
  ),

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
    // Without a switch nothing else deletes the device.
    if (state === undefined) return [deleteLink(null, name)];
    if (state.bridges.has(name) || context.reverts) return [ovs('--if-exists', 'del-br', name)];
    // The switch may still hold a device without a row, and deletes it with the bridge of that row: then `ip` exits
    // with 1, because the device is missing.
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
    const foreign = fault.length > 0 ? [] : foreignPortsIn(view?.get(ovsProbe), name, spec.nic, context.topology);
    if (foreign.length === 0) return fault;
    return [
      {
        code: 'NLP06',
        severity: 'error',
        summary: `${name} of ${node} would be deleted, but holds a port that is not ours: ${foreign.join(', ')}`,
        detail: 'The port would lose its connection.',
        place: { node },
        hint: `take it out first: ${typedLine('ovs-vsctl', 'del-port', name, foreign[0] ?? '')}`,
      },
    ];
  },
};
