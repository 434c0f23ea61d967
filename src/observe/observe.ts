import { randomBytes } from 'node:crypto';
import { KINDS } from '../kinds/registry.ts';
import type { Shell } from '../model/host.ts';
import type { NodeView, Probe } from '../model/probe.ts';
import type { Observed } from '../model/resource.ts';
import { mergedView } from './merge.ts';
import { readScript, type CacheUse } from './script.ts';
import { parseView, sameAnswer, type Part } from './view.ts';

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
export async function observeNode(shell: Shell, topology: string, options: ReadOptions = {}): Promise<NodeView> {
  const { probes = PROBES, part } = options;
  const { nonce, text } = await answerOf(shell, topology, options);
  const view = counted(shell, parseView(shell.node, nonce, text, probes, part));
  return part ? mergedView(part.of, view, part.namespaces) : view;
}

/** Reads one node like `observeNode`; `same` if it gives the answer that has this digest. */
export async function observeUnless(shell: Shell, topology: string, digest: string): Promise<NodeView | 'same'> {
  const { nonce, text } = await answerOf(shell, topology, { digest });
  const cost = sameAnswer(nonce, text);
  if (cost === undefined) return counted(shell, parseView(shell.node, nonce, text, PROBES));
  counted(shell, { cost });
  return 'same';
}

async function answerOf(
  shell: Shell,
  topology: string,
  {
    probes = PROBES,
    cache = shell.noCache === true ? 'off' : cacheUse(),
    part,
    digest,
  }: ReadOptions & { readonly digest?: string },
): Promise<{ readonly nonce: string; readonly text: string }> {
  const nonce = randomBytes(12).toString('hex');
  const only = part?.namespaces;
  const how = { cache, ...(only && { only }), ...(digest !== undefined && { digest }) };
  return { nonce, text: await shell.read(readScript(nonce, probes, { topology }, how)) };
}

function counted<T extends Pick<NodeView, 'cost'>>({ tally }: Shell, read: T): T {
  if (tally && read.cost) {
    tally.processes += read.cost.processes;
    tally.hits += read.cost.hits;
    tally.misses += read.cost.misses;
  }
  return read;
}

/** Returns every object that the kinds observe on a node, ours or foreign. */
export function observedObjects(view: NodeView, topology: string): Observed[] {
  return KINDS.flatMap((kind) => [...kind.observe(view, topology)]);
}
