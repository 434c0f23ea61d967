import { discharge as dischargeWith } from '../kernel/effects/owed.ts';
import type { Command } from '../model/command.ts';
import { wantedAt } from '../model/graph.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import type { Netns, Ref } from '../model/resource.ts';
import { debtsRef } from './debts/spec.ts';
import { netnsRef } from './netns/spec.ts';
import { ovsInternalRef } from './ovs-internal/spec.ts';
import { vethRef } from './veth/spec.ts';

/** The object in which stands what is owed in a namespace: its spec has `owed`. */
export function ledgerOf(node: string, netns: Netns): Ref {
  return netns === null ? debtsRef(node) : netnsRef(node, netns);
}

/** Everything the tokens stand for, and last the mark without them. A device is announced with the link-layer address that it is to have. */
export function discharge(node: string, netns: Netns, tokens: readonly OwedToken[], context: KindContext): Command[] {
  const wanted = (device: string): { readonly mac: string } | undefined => {
    const place = { node, netns, device };
    return (wantedAt(context.desired, vethRef(place)) ?? wantedAt(context.desired, ovsInternalRef(place)))?.spec;
  };
  return dischargeWith({ node, netns, wanted }, tokens, context);
}
