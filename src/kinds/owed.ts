import { discharge as dischargeWith } from '../kernel/effects/owed.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import { addressOf, type Netns, type Ref } from '../model/resource.ts';
import { debtsRef } from './debts/spec.ts';
import { netnsRef } from './netns/spec.ts';
import { OVS_INTERNAL, type OvsInternalSpec } from './ovs-internal/spec.ts';
import { VETH, type VethSpec } from './veth/spec.ts';

/** The object in which stands what is owed in a namespace: its spec has `owed`. */
export function ledgerOf(node: string, netns: Netns): Ref {
  return netns === null ? debtsRef(node) : netnsRef(node, netns);
}

/** Everything the tokens stand for, and last the mark without them. A device is announced with the link-layer address that it is to have. */
export function discharge(node: string, netns: Netns, tokens: readonly OwedToken[], context: KindContext): Command[] {
  const wanted = (device: string): { readonly mac: string } | undefined => {
    const [found] = [VETH, OVS_INTERNAL].flatMap(
      (kind) => context.desired.resources.get(addressOf({ node, netns, kind, name: device })) ?? [],
    );
    return found?.spec as VethSpec | OvsInternalSpec | undefined;
  };
  return dischargeWith({ node, netns, wanted }, tokens, context);
}
