import { randomBytes } from 'node:crypto';
import { KINDS } from '../kinds/registry.ts';
import type { Shell } from '../model/host.ts';
import type { NodeView, Probe } from '../model/probe.ts';
import type { Observed } from '../model/resource.ts';
import { readScript } from './script.ts';
import { parseView } from './view.ts';

/** Each probe once, however many kinds use it. */
const PROBES: readonly Probe<unknown>[] = [
  ...new Map(withWitnesses(KINDS.flatMap((kind) => kind.probes)).map((p) => [p.id, p])).values(),
];

/** Returns the probes, and those that prove that their outputs are whole. */
export function withWitnesses(probes: readonly Probe<unknown>[]): readonly Probe<unknown>[] {
  return probes.flatMap((probe) => [probe, ...(probe.witness?.probes ?? [])]);
}

/**
 * Reads one node in one round trip, with the probes of the kinds or with these probes. Rejects with a DiagnosticError
 * if any part could not be read.
 */
export async function observeNode(
  shell: Shell,
  topology: string,
  probes: readonly Probe<unknown>[] = PROBES,
): Promise<NodeView> {
  const nonce = randomBytes(12).toString('hex');
  const text = await shell.read(readScript(nonce, probes, { topology }));
  return parseView(shell.node, nonce, text, probes);
}

/** Returns every object that the kinds observe on a node, ours or foreign. */
export function observedObjects(view: NodeView, topology: string): Observed[] {
  return KINDS.flatMap((kind) => [...kind.observe(view, topology)]);
}
