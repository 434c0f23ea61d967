import { typedLine } from '../../model/command-line.ts';
import type { Kind } from '../../model/kind.ts';
import type { NodeView } from '../../model/probe.ts';
import type { Observed } from '../../model/resource.ts';
import { nodeNamespace } from '../../kernel/links/owner.ts';
import { ownDevices } from '../../kernel/links/own-devices.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { attachedQdiscs } from '../../kernel/links/qdiscs.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { netlinkProbe } from '../../kernel/probes/netlink.ts';
import { qdiscFields } from './fields.ts';
import { QDISC, type QdiscSpec } from './spec.ts';

/** Those that a kernel or a system attaches by default: they drop nothing while the link is not full. */
const DEFAULTS: ReadonlySet<string> = new Set([
  'noqueue',
  'mq',
  'mqprio',
  'pfifo_fast',
  'fq_codel',
  'fq',
  'sfq',
  'cake',
]);

function* observe(view: NodeView, topology: string): Iterable<Observed<QdiscSpec>> {
  const own = nodeNamespace(view);
  const facts = own?.get(netlinkProbe);
  if (!own || !facts || facts.qdiscs.length === 0) return;
  const { links } = ownDevices(view, topology);
  for (const { ifindex, device, kind, at } of attachedQdiscs(own)) {
    if (!links.has(device) || DEFAULTS.has(kind)) continue;
    const directions = ['ingress', 'egress'].filter((one) => facts.filters.has(`${String(ifindex)} ${one}`));
    if (at !== 'root' && directions.length === 0) continue;
    yield {
      node: view.node,
      netns: null,
      kind: QDISC,
      name: `${device} ${at}`,
      owner: 'foreign',
      spec: { kind },
      disturbs: {
        what: `qdisc ${kind} of ${device}`,
        why: at === 'root' ? 'can delay or drop packets' : `its filters see every packet (${directions.join(', ')})`,
        command: `${typedLine('tc', 'qdisc', 'del', 'dev', device)} ${at}`,
      },
    };
  }
}

/** Queueing disciplines that another program attached to devices of ours. They are never created. */
export const qdiscKind: Kind<QdiscSpec> = {
  name: QDISC,
  ...qdiscFields,
  counted: { one: 'qdisc', many: 'qdiscs' },
  ownership: {
    ours: 'never ours: one that another program attached to a tap or bridge of ours in the node’s own namespace',
    notes: 'the defaults of the kernel are not observed, nor those of NICs',
  },
  foreign: 'told',
  describe: ({ kind }) => kind,
  probes: [netlinkProbe, ipProbe, ovsProbe],
  observe,

  needs: ({ netns, name }) => [{ kind: 'link', netns, name: name.split(' ', 1)[0] ?? '', contains: true }],

  create: () => [],
  update: () => [],
  // On a node it is told, never deleted.
  remove: () => [],
};
