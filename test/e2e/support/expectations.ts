import { expect } from 'vitest';
import type { Network } from './network.ts';
import { difference } from './snapshot.ts';
import { allBound } from './traffic.ts';

/** Returns the errors of a plan as texts. */
export async function refusals(network: Network): Promise<string[]> {
  const { diagnostics } = await network.plan();
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, summary, place }) => `${code} ${place?.node ?? ''}: ${summary}`)
    .sort();
}

/** Requires all expectations of the file to hold. */
export async function works(network: Network): Promise<void> {
  await allBound(network);
  expect((await network.verify()).filter(({ ok }) => !ok)).toEqual([]);
}

/** Requires equal snapshots of all nodes. */
export function expectSame(before: Record<string, string>, after: Record<string, string>): void {
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [node, text] of Object.entries(before)) {
    expect({ node, difference: difference(text, after[node] ?? '') }).toEqual({ node, difference: [] });
  }
}
