import { randomBytes } from 'node:crypto';
import { KINDS } from '../kinds/registry.ts';
import type { Shell } from '../model/host.ts';
import type { NodeView, Probe } from '../model/probe.ts';
import type { Observed } from '../model/resource.ts';
import { mergedView } from './merge.ts';
import { readScript, type CacheUse } from './script.ts';
import { parseView, type Part } from './view.ts';

/** Each probe once, however many kinds use it. */
const PROBES: readonly Probe<unknown>[] = [
  ...new Map(withWitnesses(KINDS.flatMap((kind) => kind.probes)).map((p) => [p.id, p])).values(),
];

/** Returns the probes, and those that prove that their outputs are whole. */
export function withWitnesses(probes: readonly Probe<unknown>[]): readonly Probe<unknown>[] {
  return probes.flatMap((probe) => [probe, ...(probe.witness?.probes ?? [])]);
}

/** How a node is read. */
export interface ReadOptions {
  /** The probes; by default those of all kinds. */
  readonly probes?: readonly Probe<unknown>[];
  readonly cache?: CacheUse;
  /** Read these namespaces alone, and take all else from an earlier view. */
  readonly part?: Part;
}

/** The tests of netloom set this variable to `compare`: each of their reads proves that the cache is right. */
function cacheUse(): CacheUse {
  return process.env['NETLOOM_TEST_CACHE'] === 'compare' ? 'compare' : 'use';
}

/** Reads one node, or a part of it, in one round trip. Rejects with a DiagnosticError if any part could not be read. */
export async function observeNode(
  shell: Shell,
  topology: string,
  { probes = PROBES, cache = shell.noCache === true ? 'off' : cacheUse(), part }: ReadOptions = {},
): Promise<NodeView> {
  const nonce = randomBytes(12).toString('hex');
  const only = part?.namespaces;
  const text = await shell.read(readScript(nonce, probes, { topology }, { cache, ...(only && { only }) }));
  const view = parseView(shell.node, nonce, text, probes, part);
  if (shell.tally && view.cost) {
    shell.tally.processes += view.cost.processes;
    shell.tally.hits += view.cost.hits;
    shell.tally.misses += view.cost.misses;
  }
  return part ? mergedView(part.of, view, part.namespaces) : view;
}

/** Returns every object that the kinds observe on a node, ours or foreign. */
export function observedObjects(view: NodeView, topology: string): Observed[] {
  return KINDS.flatMap((kind) => [...kind.observe(view, topology)]);
}
