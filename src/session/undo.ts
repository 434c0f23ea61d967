import { renumberedBack } from '../compile/renumbered-back.ts';
import { isSealed, withSecrets } from '../diff/opened.ts';
import { recordedGraph, type Alteration } from '../diff/recorded.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { DesiredGraph } from '../model/graph.ts';
import type { Batch } from '../model/plan.ts';
import { addressOf, type Address, type Observed, type Resource } from '../model/resource.ts';
import type { Run } from '../model/run.ts';
import type { State } from '../model/state.ts';
import { decodeState } from '../snapshot/decode.ts';
import type { RunDetails } from '../snapshot/run-details.ts';
import { desiredOf } from './desired.ts';
import { withHeld } from './held.ts';
import { detailsOfRun, runOfTopology, runsOfTopology, unreadable } from './history.ts';
import type { Network } from './network.ts';
import { observedOn } from './observed.ts';
import { sourceOf, type RecordedSource } from './recorded-source.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

/** What is needed of a network. */
type Reached = Pick<Network, 'graph' | 'shells' | 'reading' | 'source'>;

/** The way back to the state before a run. */
export interface Undoing {
  readonly run: Run;
  readonly target: Target;
}

/**
 * Returns what leads back to the state before an archived run, by default the last one that was not undone. Of what is
 * not ours, it restores what this run and those after it altered, and nothing else. A node that none of them worked on
 * stays as it is.
 * @throws DiagnosticError NLX42 and NLX43 if there is no such run, NLX44 for each secret that nothing can restore
 */
export async function undoing(session: Session, network: Reached, lab: boolean, number?: number): Promise<Undoing> {
  const { topology } = network.graph;
  const { run, details } = await runOfTopology(session, topology, lab, number);
  const all = await runsOfTopology(session, topology, lab);
  const detailsOf = async (each: Run): Promise<RunDetails> =>
    each.number === run.number ? details : detailsOfRun(session, topology, lab, each.number);
  const since = await Promise.all(
    all
      .filter((each) => each.number >= run.number && each.outcome !== 'rolled-back')
      .map(async (each) => ({ outcome: each.outcome, kept: each.kept ?? [], ...(await detailsOf(each)) })),
  );
  const alteration: Alteration = { ...alterationsOf(since), graph: network.graph };
  const before = stateBefore(run, [details, ...since]);
  const recorded = recordedGraph(before, alteration);
  const views = await network.reading;
  const observed = [...views.values()].flatMap((view) => observedOn(view, recorded).objects);
  const sealed = onlyOn(before, recorded, { ...network.graph, observed });
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
  const back = [...graph.resources.values()].filter(({ node }) => views.has(node));
  const renumbered = renumberedBack(topology, observed, back, run.number);
  const aim = `the state before run ${String(run.number)}`;
  return { run, target: { graph: { ...graph, aim }, shells, reading, source, renumbered } };
}

/**
 * Returns what each node had before the first of these runs that worked on it: a run of chosen nodes knows nothing of
 * the others. @throws DiagnosticError NLX43
 */
function stateBefore({ topology, number }: Run, runs: readonly RunDetails[]): State {
  try {
    const nodes = runs.toReversed().flatMap(({ before }) => [...decodeState(before).nodes]);
    return { topology, nodes: new Map(nodes) };
  } catch (error) {
    throw unreadable(`${topology} since run ${String(number)}`, error);
  }
}

/** Returns a graph that leaves alone what exists on the nodes of which no state was recorded. */
function onlyOn(
  { nodes: recorded }: State,
  graph: DesiredGraph,
  {
    observed,
    nodes,
    healForeign,
  }: Pick<DesiredGraph, 'nodes' | 'healForeign'> & { readonly observed: readonly Observed[] },
): DesiredGraph {
  const others = observed.filter(({ node }) => !recorded.has(node)).map(addressOf);
  return {
    ...graph,
    nodes: [...new Set([...nodes, ...graph.nodes])],
    leftAlone: new Set([...(graph.leftAlone ?? []), ...others]),
    ...(healForeign && { healForeign }),
  };
}

/** Returns the secrets of the nodes that were read which cannot be written. */
function lacking({ resources }: DesiredGraph, nodes: ReadonlyMap<string, unknown>): readonly Resource[] {
  return [...resources.values()].filter((resource) => nodes.has(resource.node) && isSealed(resource));
}

/** Returns what the topology file of a run asks for; nothing if it is not valid today. */
async function compiledBy(
  session: Session,
  { reading }: Reached,
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

/**
 * Returns what runs altered, and what they created and neither they nor the nodes deleted again: at an address that was
 * given up, what exists now is of others. The oldest run is the first.
 */
function alterationsOf(
  runs: readonly (Required<Pick<Run, 'outcome' | 'kept'>> & RunDetails)[],
): Pick<Alteration, 'altered' | 'created'> {
  const altered = new Set<Address>();
  const created = new Set<Address>();
  for (const { plan, rounds, outcome, kept } of runs) {
    const batches = rounds.filter(({ what }) => what === 'apply').flatMap((round) => round.batches);
    const rolledBack = rounds.filter(({ what }) => what === 'rollback').flatMap((round) => round.batches);
    // Later rounds repair what is in no plan of the run.
    for (const address of batches.flatMap(addressesOf)) altered.add(address);
    const unfinished = new Set(batches.filter((batch) => batch.outcome !== 'done').flatMap(addressesOf));
    for (const { address, action, node } of plan.changes) {
      altered.add(address);
      if (action === 'delete') created.delete(address);
      else if (action !== 'update' && batches.length > 0 && !unfinished.has(address)) created.add(address);
      if (outcome === 'reverted' || (outcome === 'partly-reverted' && !kept.includes(node))) created.delete(address);
    }
    for (const address of rolledBack.filter((batch) => batch.outcome === 'done').flatMap(addressesOf)) {
      created.delete(address);
    }
  }
  return { altered, created };
}

function addressesOf({ steps }: Batch): readonly Address[] {
  return steps.map(({ address }) => address);
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
