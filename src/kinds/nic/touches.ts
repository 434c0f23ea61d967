import type { Change } from '../../model/change.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Touch } from '../../model/touch.ts';
import { changed } from '../fields/index.ts';
import { closedBehind } from './door.ts';
import type { NicSpec } from './spec.ts';

/**
 * Returns what a change of a NIC does to the node: its addresses and routes move to its bridge, from bridge to bridge,
 * or back. On the way back, rules that name the bridge alone no longer let anything in; the way there is inspected.
 */
export function touches({ node, name, desired, observed, fields }: Change, context: KindContext): readonly Touch[] {
  const [to, from] = [desired?.spec as NicSpec | undefined, observed?.spec as NicSpec | undefined];
  if (from === undefined || observed?.owner === undefined) return [];
  const isMoved = ['bridge', 'switch', 'stray'].some((field) => changed(fields, field) !== undefined);
  if (to !== undefined && !isMoved) return [];
  const target = to?.bridge ?? name;
  const left = observed.owner === 'ours' && from.bridge !== null ? from.bridge : undefined;
  const moving = left !== undefined &&
    target === name && { nic: name, bridge: left, isOpenvswitch: from.switch === 'openvswitch' };
  const rule = moving ? closedBehind(context.view(node), moving) : undefined;
  return [
    ...(left === undefined || left === target ? [] : [{ moves: left, to: target }]),
    ...(target === name ? [] : [{ moves: name, to: target }]),
    ...(rule === undefined ? [] : [{ takes: 'passage', device: name, rule } as const]),
  ];
}
