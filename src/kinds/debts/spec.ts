import type { Origin, Ref, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const DEBTS = kindName('debts');

/** Effects owed in a node's own namespace. They are never desired: deleting the record performs them. */
export interface DebtsSpec {
  readonly owed: readonly string[];
}

/** Returns the reference to the record of a node's own namespace. */
export function debtsRef(node: string): Ref {
  return { node, netns: null, kind: DEBTS, name: 'debts' };
}

/** Returns a record of owed effects. */
export function debts(node: string, owed: readonly string[], origin: Origin): Resource<DebtsSpec> {
  return { ...debtsRef(node), spec: { owed }, origin };
}
