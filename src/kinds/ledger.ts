import { performOwedEffects as performWith } from '../kernel/effects/owed.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import type { Netns, Ref } from '../model/resource.ts';
import { debtsRef } from './debts/spec.ts';
import { netnsRef } from './netns/spec.ts';

/** The object in which stands what is owed in a namespace: its spec has `owed`. */
export function ledgerOf(node: string, netns: Netns): Ref {
  return netns === null ? debtsRef(node) : netnsRef(node, netns);
}

/** Everything the tokens stand for, and last the mark without them. A device is announced with the link-layer address that it is to have. */
export function performOwedEffects(
  node: string,
  netns: Netns,
  tokens: readonly OwedToken[],
  context: KindContext,
): Command[] {
  const macOf = (device: string): string | undefined => context.desiredLink(node, netns, device)?.mac;
  return performWith({ node, netns, macOf }, tokens, context);
}
