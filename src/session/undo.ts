import { isSealed, withSecrets } from '../diff/opened.ts';
import { recordedGraph, type Alteration } from '../diff/recorded.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Resource } from '../model/resource.ts';
import type { Run } from '../model/run.ts';
import { decodeState } from '../snapshot/decode.ts';
import type { RunDetails } from '../snapshot/run-details.ts';
import { desiredOf } from './desired.ts';
import { withHeld } from './held.ts';
import { runOfTopology, runsOfTopology } from './history.ts';
import type { Network } from './network.ts';
import { observedOn } from './observed.ts';
import { sourceOf, type RecordedSource } from './recorded-source.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** The way back to the state before a run. */
export interface Undoing {
  readonly run: Run;
  readonly target: Target;
}

/**
 * Returns what leads back to the state before an archived run, by default the last one that was not undone. Of what is
 * not ours, it restores what this run and those after it altered, and nothing else.
 * @throws DiagnosticError NLX42 and NLX43 if there is no such run, NLX44 for each secret that nothing can restore
 */
export async function undoing(session: Session, network: Network, lab: boolean, number?: number): Promise<Undoing> {
  const { topology } = network.graph;
  const { run, details } = await runOfTopology(session, topology, lab, number);
  const all = await runsOfTopology(session, topology, lab);
  const detailsOf = async ({ number: its }: Run): Promise<RunDetails> =>
    its === run.number ? details : (await runOfTopology(session, topology, lab, its)).details;
  const since = await Promise.all(
    all.filter((each) => each.number >= run.number && each.outcome !== 'rolled-back').map(detailsOf),
  );
  const alteration: Alteration = { ...alterationsOf(since), graph: network.graph };
  const sealed = recordedGraph(decodeState(details.before), alteration);
  const views = await network.reading;
  const observed = [...views.values()].flatMap((view) => observedOn(view, sealed).objects);
  let graph = withSecrets(sealed, observed);
  // The file that was in force before the run is that of an earlier one.
  const nearest = [...all.filter((each) => each.number < run.number).reverse(), ...all.slice(-1), run];
  for (const each of nearest) {
    if (lacking(graph, views).length === 0) break;
    graph = withSecrets(graph, await compiledBy(session, network, lab, await detailsOf(each)));
  }
  const missing = lacking(graph, views);
  if (missing.length > 0) throw new DiagnosticError(missing.map((resource) => withoutSecret(resource, run)));
  const { shells, reading, source } = network;
  return { run, target: { graph, shells, reading, source } };
}

/** Returns the secrets of the nodes that were read which cannot be written. */
function lacking({ resources }: DesiredGraph, nodes: ReadonlyMap<string, unknown>): readonly Resource[] {
  return [...resources.values()].filter((resource) => nodes.has(resource.node) && isSealed(resource));
}

/** Returns what the topology file of a run asks for; nothing if it is not valid today. */
async function compiledBy(
  session: Session,
  { reading }: Network,
  lab: boolean,
  { source }: RunDetails,
): Promise<readonly Resource[]> {
  if (source === undefined) return [];
  try {
    const desired = await desiredOf(session, sourceOf(source as RecordedSource));
    const held = await withHeld(session, desired, () => reading, lab);
    return [...desired.graph.resources.values(), ...held.graph.resources.values()];
  } catch (error) {
    if (error instanceof DiagnosticError) return [];
    throw error;
  }
}

/** Returns what runs altered, and what they created and did not delete again. The oldest run is the first. */
function alterationsOf(runs: readonly RunDetails[]): Pick<Alteration, 'altered' | 'created'> {
  const altered = new Set<Address>();
  const created = new Set<Address>();
  for (const { plan, rounds } of runs) {
    const batches = rounds.flatMap((round) => round.batches);
    const unfinished = new Set(
      batches.flatMap((batch) => (batch.outcome === 'done' ? [] : batch.steps.map(({ address }) => address))),
    );
    for (const { address, action } of plan.changes) {
      altered.add(address);
      if (action === 'delete') created.delete(address);
      else if (action !== 'update' && batches.length > 0 && !unfinished.has(address)) created.add(address);
    }
  }
  return { altered, created };
}

/** Returns the error of a secret that nothing can restore. */
export function withoutSecret(
  resource: Resource,
  { number }: Pick<Run, 'number'>,
): DiagnosticError['diagnostics'][number] {
  return {
    code: 'NLX44',
    severity: 'error',
    summary: `${addressOf(resource)} held a secret before run ${String(number)} that is not archived`,
    detail: 'The archive keeps its size and SHA-256. No topology file in the history asks for it. Nothing was changed.',
    place: { node: resource.node },
    hint: 'apply a topology file with this secret instead',
  };
}
