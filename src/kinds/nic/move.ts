import type { Command } from '../../model/command.ts';
import { desiredAt } from '../../model/graph.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Ref } from '../../model/resource.ts';
import { bridgeAlias, nicLabel, ovsBridgeAlias } from '../../kernel/links/alias.ts';
import { ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { addPort, delPort, mapWords, ovs } from '../../kernel/openvswitch/commands.ts';
import { markIds } from '../../kernel/openvswitch/mark.ts';
import { setLink } from '../../kernel/links/set.ts';
import { isOwnBridge } from '../../kernel/links/owner.ts';
import { nicAddressRef } from '../address/spec.ts';
import type { NicSpec } from './spec.ts';
import {
  movesBetween,
  LABEL,
  labelsWithoutRoom,
  linesOf,
  type Move,
  type LabelledDevice,
} from './addresses-and-routes.ts';

/** A bridge that a NIC is in, of the kernel or of Open vSwitch. */
export interface Socket {
  readonly bridge: string;
  readonly switch?: 'openvswitch';
}

/** Returns the bridge of a spec; `null` for none. */
export function socketOf(spec: NicSpec): Socket | null {
  return spec.bridge === null ? null : { bridge: spec.bridge, ...(spec.switch && { switch: spec.switch }) };
}

/** Returns a link of the node with the label that marks an address of ours on it. */
export function labelledDevice(
  view: NodeView | undefined,
  device: string,
  topology: string,
  comingBridge = false,
): LabelledDevice {
  const state = namespaceView(view, null)?.get(ipProbe);
  const isBridge = isOwnBridge(linkOf(state, device), state?.links ?? [], topology);
  return { device, label: nicLabel(device, topology, isBridge || comingBridge) };
}

/** Returns the addresses and routes that would be lost or useless if the link became a bridge's port. */
export function linesOn(view: NodeView | undefined, labelled: LabelledDevice): readonly string[] {
  const state = namespaceView(view, null)?.get(ipProbe);
  const link = linkOf(state, labelled.device);
  return link && state ? linesOf(link, state.routes, labelled.label) : [];
}

function moves(lines: readonly Move[]): Command[] {
  return lines.map(({ words, undo }) => ({ tool: 'ip', netns: null, words, undo }));
}

/** Returns the command that marks a NIC's port: it is borrowed. */
export function markPort(name: string, topology: string): Command {
  return ovs('set', 'Port', name, ...mapWords('external_ids', markIds(topology)));
}

/** Returns the commands that put a NIC into an Open vSwitch bridge. */
export function plugIn(name: string, bridge: string, topology: string): Command[] {
  return [addPort(bridge, name, null), markPort(name, topology)];
}

/**
 * Returns the commands that move a NIC from one bridge to another. The kernel removes a NIC from its Linux bridge when
 * it becomes a port of another one.
 */
function change(name: string, from: Socket | null, to: Socket | null, topology: string): Command[] {
  const link = ['link', 'set', 'dev', name];
  const inKernels = (socket: Socket | null): string[] =>
    socket === null || socket.switch ? ['nomaster'] : ['master', socket.bridge];
  const isKernels = (socket: Socket | null): boolean => socket !== null && socket.switch === undefined;
  return [
    ...(from?.switch ? [delPort(name)] : []),
    ...(isKernels(from) || isKernels(to)
      ? moves([{ words: [...link, ...inKernels(to)], undo: [...link, ...inKernels(from)] }])
      : []),
    ...(to?.switch ? plugIn(name, to.bridge, topology) : []),
  ];
}

/**
 * Returns the commands that take a NIC out of one bridge, put it into another, or both, with all addresses and routes:
 * first addresses on the new device, then the NIC's bridge, then the rest. An address of ours that is no longer desired
 * was deleted before, and is not moved.
 */
export function move(
  { node, name }: Ref,
  { from, to }: { readonly from: Socket | null; readonly to: Socket | null },
  context: KindContext,
): Command[] {
  const view = context.view(node);
  const { topology } = context;
  const kept = (words: string): boolean =>
    !words.includes(` label ${LABEL}`) ||
    desiredAt(context.desired, nicAddressRef(node, name, words.split(' ')[1] ?? '')) !== undefined;
  const target = labelledDevice(view, to?.bridge ?? name, topology, to !== null);
  const old = from === null ? undefined : labelledDevice(view, from.bridge, topology);
  const own = labelledDevice(view, name, topology);
  // Addresses and routes found on a NIC that is in a bridge already move to the bridge as well.
  const sources = [...(old ? [old] : []), ...(to === null ? [] : [own])];
  const found = sources.map((source) => ({ source, words: linesOn(view, source).filter(kept) }));
  const moved = found.map(({ source, words }) => movesBetween(words, source, target));
  const labels = labelsWithoutRoom(
    found.flatMap(({ words }) => words),
    to?.bridge ?? '',
  );
  const alias = to?.switch ? ovsBridgeAlias : bridgeAlias;
  return [
    ...(to === null || labels.size === 0 ? [] : [setLink(null, to.bridge, 'alias', alias(topology, name, labels))]),
    ...moved.flatMap(({ before }) => moves(before)),
    ...change(name, from, to, topology),
    ...(to === null ? [] : [setLink(null, name, 'up')]),
    ...moved.flatMap(({ after }) => moves(after)),
  ];
}
