import { performOwedEffects as performWith } from '../kernel/effects/owed.ts';
import type { Command } from '../model/command.ts';
import type { KindContext, OwedToken } from '../model/kind.ts';
import type { Netns, Ref } from '../model/resource.ts';
import { debtsRef } from './debts/spec.ts';
import { netnsRef } from './netns/spec.ts';

/** Returns the reference to the object that records the effects owed in a namespace: its spec has `owed`. */
export function ledgerOf(node: string, netns: Netns): Ref {
  return netns === null ? debtsRef(node) : netnsRef(node, netns);
}

/**
 * Returns the commands that perform all effects of the tokens, and last clear the record. A device is announced with
 * its desired link-layer address.
 */
export function performOwedEffects(
  node: string,
  netns: Netns,
  tokens: readonly OwedToken[],
  context: KindContext,
): Command[] {
  const macOf = (device: string): string | undefined => context.desiredLink(node, netns, device)?.mac;
  return performWith({ node, netns, macOf }, tokens, context);
}
