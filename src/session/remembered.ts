import { createHash } from 'node:crypto';
import { Memory } from '../memory/store.ts';
import type { Sizes } from '../model/stats.ts';
import type { Outline } from '../topology/outline.ts';
import type { Source } from '../topology/read.ts';
import type { Desired } from './desired.ts';
import type { PlanResult } from './engine.ts';
import type { OpenOptions } from './pending-nodes.ts';
import type { MemoryOptions } from './session.ts';

/** A plan without changes, and what the nodes had answered. */
export interface Recalled {
  readonly outline: Outline;
  /** The digest of the answer of each node. */
  readonly digests: ReadonlyMap<string, string>;
  readonly result: PlanResult;
  readonly sizes: Sizes;
}

/** What is kept of it. A change of this form changes `FORM`. */
interface Kept {
  /** SHA-256 of all that the plan depends on, besides the included files and the nodes. */
  readonly inputs: string;
  readonly included: readonly { readonly path: string; readonly largest: number; readonly sha256: string }[];
  readonly doc: Outline['doc'];
  readonly digests: readonly (readonly [node: string, digest: string])[];
  readonly plan: { readonly topology: string; readonly owned: number; readonly leftOut: readonly string[] };
  readonly sizes: Sizes;
}

const FORM = 'netloom-plan/1';

/**
 * The plans of one file with the same options. A plan depends on netloom's code, the texts, the options and what the
 * nodes answer. If the last one of the same four had no changes, and nothing to tell, then it is known before anything
 * is parsed.
 */
export interface PlanMemory {
  /** Returns the last plan, if it had no changes and the file is as it was. */
  recall(): Promise<Recalled | undefined>;
  /** Keeps a plan, if it has no changes and there is nothing to tell. */
  remember(desired: Desired, result: PlanResult): Promise<void>;
}

/** Returns the memory of a file; `undefined` if it has no folder, as standard input. */
export function planMemory(
  { folder, build }: MemoryOptions,
  source: Source,
  options: OpenOptions,
): PlanMemory | undefined {
  const { folder: files, text } = source;
  if (files === undefined) return undefined;
  const { lab = false, healForeign = false, node = null, except = [] } = options;
  const how = JSON.stringify([lab, healForeign, node, except]);
  const memory = new Memory(folder);
  const key = sha256(FORM, files.main.identity, how);
  const inputs = sha256(FORM, build, text, how);
  return {
    async recall() {
      const kept = (await memory.recall(key)) as Kept | undefined;
      if (kept?.inputs !== inputs) return undefined;
      const isSame = kept.included.every(({ path, largest, sha256: known }) => {
        const { content } = files.read(path, largest);
        return content !== undefined && sha256(content.bytes) === known;
      });
      if (!isSame) return undefined;
      const { doc, digests, plan, sizes } = kept;
      return { outline: { file: source.file, doc }, digests: new Map(digests), result: withoutChanges(plan), sizes };
    },
    async remember({ topology, graph, warnings }, result) {
      const { plan, digests, observed } = result;
      const readings = files.readings.map(({ path, largest, reading }) => ({
        path,
        largest,
        content: reading.content,
      }));
      if (digests === undefined || warnings.length > 0 || !isQuiet(result)) return;
      if (readings.some(({ content }) => content === undefined)) return;
      const { name, nodes } = topology.doc;
      const kept: Kept = {
        inputs,
        included: readings.map(({ content, ...file }) => ({ ...file, sha256: sha256(content?.bytes ?? '') })),
        doc: { name, ...(nodes && { nodes }) },
        digests: [...digests],
        plan: { topology: plan.topology, owned: plan.owned, leftOut: plan.leftOut },
        sizes: { desired: graph.resources.size, observed: observed.length },
      };
      await memory.remember(key, kept);
    },
  };
}

/** Returns whether a plan has no changes, and nothing else that is shown. */
function isQuiet({ plan, diagnostics, moves, lockOuts = [] }: PlanResult): boolean {
  const { changes, groups, batches, notes = [], foreign, sides } = plan;
  const parts = [changes, groups, batches, notes, foreign, diagnostics, moves, lockOuts];
  return sides === undefined && parts.every((part) => part.length === 0);
}

function withoutChanges(plan: Kept['plan']): PlanResult {
  return {
    plan: { ...plan, changes: [], groups: [], batches: [], foreign: [] },
    views: new Map(),
    observed: [],
    diagnostics: [],
    moves: [],
    readAt: performance.now(),
  };
}

/** Returns the SHA-256 of texts: of one alone, or of several with their lengths. */
function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (parts.length > 1) hash.update(`${String(part.length)} `);
    hash.update(part);
  }
  return hash.digest('hex');
}
