import { isShellLost } from '../hosts/errors.ts';
import { recordedGraph, type Alteration } from '../diff/recorded.ts';
import { changedSince, type Since } from '../diff/since.ts';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { addressOf, type Address, type Observed } from '../model/resource.ts';
import type { Shells } from './nodes.ts';
import { planNetwork, type PlanResult } from './plan.ts';
import { connectionLost, notRestored, notRolledBack } from './rollback-diagnostics.ts';
import { settle } from './settle.ts';
import { stateOf } from './state.ts';

/** What an apply did before it failed. */
export interface Attempt {
  readonly graph: DesiredGraph;
  /** What the nodes had before it. */
  readonly before: PlanResult;
  readonly begun: readonly Plan[];
  readonly done: ReadonlySet<Batch>;
}

/** The result of a rollback. */
export interface Rollback {
  /** Every node was read again, and is as it was before. */
  readonly complete: boolean;
  /** Errors about what is not as it was before, or not known, and warnings about what cannot be restored. */
  readonly diagnostics: readonly Diagnostic[];
  /** The nodes whose connection was lost: nothing is known of them. */
  readonly lost: readonly string[];
  /** What is not as it was before on the other nodes; `undefined`: they could not be read. */
  readonly differs: readonly Since[] | undefined;
}

/**
 * Rolls back what an apply did, by a plan towards the state before, on all nodes that still answer, and reads them
 * again. Never throws for what a node does.
 */
export async function rollBack(
  attempt: Attempt,
  shells: Shells,
  onEvent: (event: ApplyEvent) => void,
): Promise<Rollback> {
  const started = performance.now();
  const lost = await lostNodes(shells);
  const there = new Map([...shells].filter(([node]) => !lost.includes(node)));
  const { problems, differs } = await restore(attempt, there, onEvent);
  const complete = problems.length === 0 && lost.length === 0 && differs?.length === 0;
  onEvent({ type: 'rollback-done', ok: complete, milliseconds: performance.now() - started });
  const diagnostics = [
    ...problems,
    ...(problems.length > 0 ? [notRolledBack(differs)] : differs && differs.length > 0 ? [notRestored(differs)] : []),
    ...lost.map(connectionLost),
  ];
  return { complete, diagnostics, lost, differs };
}

/** Returns the nodes whose shell has ended. */
async function lostNodes(shells: Shells): Promise<readonly string[]> {
  const lost: string[] = [];
  const ask = async (node: string, read: () => Promise<string>): Promise<void> => {
    await read().catch((error: unknown) => {
      if (isShellLost(error)) lost.push(node);
      else if (!(error instanceof DiagnosticError)) throw error;
    });
  };
  await Promise.all([...shells].map(([node, shell]) => ask(node, () => shell.read(':'))));
  return lost.sort();
}

interface Restored {
  readonly problems: readonly Diagnostic[];
  readonly differs: readonly Since[] | undefined;
}

async function restore(attempt: Attempt, shells: Shells, onEvent: (event: ApplyEvent) => void): Promise<Restored> {
  const { before, graph } = attempt;
  const alteration: Alteration = { ...altered(attempt), graph };
  const back = recordedGraph(stateOf(before), alteration);
  const since = (now: PlanResult): readonly Since[] => {
    const counts = (object: Observed): boolean => {
      const address = addressOf(object);
      const isOfRun = object.owner === 'ours' || back.resources.has(address) || alteration.altered.has(address);
      return isOfRun && shells.has(object.node);
    };
    return changedSince(before.observed.filter(counts), now.observed.filter(counts));
  };
  try {
    const first = await planNetwork(back, shells);
    onEvent({ type: 'rollback-start', plan: first.plan });
    const { ok, diagnostics, final } = await settle(back, shells, first, { onEvent: withoutEnd(onEvent) });
    return { problems: ok ? [] : diagnostics.filter((one) => hasErrors([one])), differs: since(final) };
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { problems: error.diagnostics, differs: undefined };
  }
}

/** The end of the rollback is told by an event of its own. */
function withoutEnd(onEvent: (event: ApplyEvent) => void): (event: ApplyEvent) => void {
  return (event) => {
    if (event.type !== 'settled' && event.type !== 'unsettled') onEvent(event);
  };
}

/** Returns the objects that the attempt was to change, and those that it created. */
function altered({ begun, done }: Attempt): Pick<Alteration, 'altered' | 'created'> {
  const created = begun.flatMap(({ changes, batches }) => {
    const addresses = (some: readonly Batch[]): ReadonlySet<Address> =>
      new Set(some.flatMap(({ steps }) => steps.map(({ address }) => address)));
    const finished = addresses(batches.filter((batch) => done.has(batch)));
    const unfinished = addresses(batches.filter((batch) => !done.has(batch)));
    const makes = changes.filter(({ action }) => action === 'create' || action === 'replace');
    return makes.flatMap(({ address }) => (finished.has(address) && !unfinished.has(address) ? [address] : []));
  });
  return {
    altered: new Set(begun.flatMap(({ changes }) => changes.map(({ address }) => address))),
    created: new Set(created),
  };
}
