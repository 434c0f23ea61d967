import type { Diagnostic } from '../../model/diagnostic.ts';
import type { WatchEvent } from '../../model/event.ts';
import { kindWord, type Netns } from '../../model/resource.ts';
import type { Change } from '../../model/change.ts';
import type { Plan } from '../../model/plan.ts';
import type { Look } from '../../watch/look.ts';
import type { Ended } from '../../watch/machine.ts';
import type { OnSpoken } from '../../watch/watch.ts';
import type { Desired } from '../desired.ts';
import type { PlanResult, Shells, Views } from '../engine.ts';
import { placesOf, type Basis } from '../../diff/part.ts';
import type { Where } from '../read.ts';
import type { Session } from '../session.ts';
import type { Target } from '../target.ts';
import { Contest, TIMES, WITHIN_MS } from './contest.ts';
import { driftEvent, driftsOf, healedEvent, type Drift } from './drift.ts';
import { endedOf, type Ran } from './ended.ts';
import { Listeners } from './listeners.ts';
import type { Onlooker } from './onlooker.ts';
import { Readings } from './readings.ts';

/** What is done about what differs between saves: nothing, it is told, or it is told and put right. */
export type Heal = 'off' | 'report' | 'apply';

/** Puts right what differs; tells its errors. */
export type Mend = (target: Target, first: PlanResult) => Promise<Ran>;

interface Keeping {
  readonly heal: Heal;
  readonly allowMoves: boolean;
  readonly file: string;
  /** @throws DiagnosticError with errors that are to end a check */
  readonly plan: (target: Target) => Promise<PlanResult>;
  readonly onlooker?: Onlooker;
}

/** Keeps the network as the last good version of the file says. */
export class Keeper {
  readonly readings: Readings;
  readonly contest = new Contest();
  readonly #session: Session;
  readonly #keeping: Keeping;
  readonly #listeners: Listeners;
  #spoken: OnSpoken = () => undefined;
  #enforced: Desired | undefined;
  /** What was found to be as the file says. */
  #basis: Basis | undefined;
  #namespaces: ReadonlySet<Netns> = new Set();
  /** What was told of each namespace that differs, so that it is told once. */
  #told: ReadonlyMap<string, string> = new Map();
  #problem = '';

  constructor(session: Session, keeping: Keeping) {
    this.#session = session;
    this.#keeping = keeping;
    this.readings = new Readings(session);
    this.#listeners = new Listeners({
      spoken: (node, netns, reason, time) => {
        this.#spoken(node, netns, reason, time);
      },
      listening: (node, namespaces) => {
        this.#tell({ type: 'listening', node, namespaces });
      },
      deaf: (node, why) => {
        this.#tell({ type: 'trouble', message: `${node} tells no more what changes there: ${why}` });
      },
    });
  }

  /** The file as it was applied last, with what the nodes hold. */
  get enforced(): Desired | undefined {
    return this.#enforced;
  }

  connect(spoken: OnSpoken): void {
    this.#spoken = spoken;
  }

  /** Shells were opened. */
  async open(shells: Shells): Promise<void> {
    this.readings.forget();
    if (this.#keeping.heal !== 'off') await this.#listeners.open(shells);
  }

  /** The shells are about to be closed. */
  close(): void {
    this.#listeners.close();
  }

  /** Reads what a plan has changed; everything, where nodes do not tell what else changes. */
  reread(plan: Plan, topology: string, shells: Shells): Promise<Views> {
    const hears = [...shells.keys()].every((node) => this.#listeners.hears(node));
    return hears ? this.readings.part(topology, shells, changedBy(plan)) : this.readings.full(topology, shells);
  }

  /** The file was applied, or was to be. */
  async ran(held: Desired, { outcome, final }: Ran): Promise<void> {
    if (outcome !== 'settled') {
      this.readings.forget();
      return;
    }
    this.#enforced = held;
    this.#namespaces = new Set([null, ...[...held.graph.resources.values()].map(({ netns }) => netns)]);
    this.contest.forget();
    this.#told = new Map();
    this.#problem = '';
    this.#basis = final?.basis;
    if (final) await this.#listeners.follow(final.observed);
  }

  /** Compares what the look names with the file, and puts it right. @throws DiagnosticError if that is not possible */
  async check(
    look: Look,
    shells: Shells,
    { differs, mend }: { readonly differs: () => void; readonly mend?: Mend },
  ): Promise<Ended> {
    if (this.#enforced === undefined) return { outcome: 'nothing' };
    const desired = this.#enforced;
    const { topology, graph } = desired;
    const where = this.#unread(look, shells);
    if (where?.size === 0) return { outcome: 'nothing' };
    const { name } = topology.doc;
    const started = performance.now();
    const reading = where ? this.readings.part(name, shells, where) : this.readings.full(name, shells);
    const { allowMoves, heal, onlooker } = this.#keeping;
    const reread = (plan: Plan) => this.readings.part(name, shells, changedBy(plan, where));
    const basis = this.#basis;
    const target: Target = { graph, shells, reading, reread, allowMoves, ...(basis && { basis }) };
    const first = await this.#keeping.plan(target);
    onlooker?.saw({ desired, result: first });
    await this.#listeners.follow(first.observed);
    this.#basis = first.basis ?? basis;
    const { changes } = first.plan;
    if (where === undefined) {
      const milliseconds = performance.now() - started;
      this.#tell({ type: 'resynced', nodes: [...shells.keys()], drifted: changes.length, milliseconds });
    }
    this.#problem = '';
    const now = performance.now();
    const left = changes.filter((change) => !this.#isContested(change, now));
    const drifts = driftsOf(changes, look);
    if (left.length === 0) {
      this.#told = new Map();
      return { outcome: 'good', found: false };
    }
    this.#tellNew(drifts);
    // Nothing is put right, so a node that goes on speaking is looked at less often.
    if (heal === 'report' || mend === undefined) return { outcome: 'good' };
    differs();
    const ran = await mend(target, first);
    if (ran.final && ran.final !== first) onlooker?.saw({ desired, result: ran.final });
    if (ran.outcome !== 'settled') {
      this.readings.forget();
      return endedOf(ran, [...shells.keys()], false);
    }
    for (const { address } of changes) this.contest.note(address, now);
    this.#told = new Map();
    for (const drift of drifts) this.#tell(healedEvent(drift, performance.now() - look.since));
    this.#basis = ran.final?.basis ?? basis;
    if (ran.final) await this.#listeners.follow(ran.final.observed);
    return { outcome: 'good', found: true };
  }

  /** The nodes could not be compared. The same problem is told once. */
  failed(diagnostics: readonly Diagnostic[], nodes: readonly string[]): Ended {
    this.readings.forget();
    const problem = diagnostics.map(({ code, summary }) => `${code} ${summary}`).join('\n');
    if (problem !== this.#problem) {
      const [first] = diagnostics.filter(({ severity }) => severity === 'error');
      this.#tell({ type: 'trouble', message: first ? `${first.code}: ${first.summary}` : problem });
    }
    this.#problem = problem;
    return endedOf({ outcome: 'error', diagnostics }, nodes, false);
  }

  /** What of a look was not read since it was noted; `undefined`: everything is to be read. */
  #unread({ nodes, everything }: Look, shells: Shells): Where | undefined {
    if (everything === true) return undefined;
    const where = new Map<string, ReadonlySet<Netns>>();
    for (const [node, spoken] of nodes) {
      if (!shells.has(node)) continue;
      const unread = [...spoken].filter(
        ([netns, { time }]) => this.#namespaces.has(netns) && !this.readings.covers(node, netns, time),
      );
      // More was changed than could be heard.
      if (unread.some(([, { reason }]) => reason === 'lost')) return undefined;
      if (unread.length > 0) where.set(node, new Set(unread.map(([netns]) => netns)));
    }
    return where;
  }

  #isContested({ node, netns, kind, name, address }: Change, now: number): boolean {
    const contested = this.contest.isContested(address, now);
    if (contested === 'new') {
      const object = { node, netns, address, kind: kindWord(kind), name };
      this.#tell({ type: 'contested', ...object, times: TIMES, seconds: WITHIN_MS / 1000 });
    }
    return contested !== undefined;
  }

  #tellNew(drifts: readonly Drift[]): void {
    const told = new Map(
      drifts.map(({ node, netns, objects }) => [JSON.stringify([node, netns]), JSON.stringify(objects)] as const),
    );
    for (const drift of drifts) {
      const key = JSON.stringify([drift.node, drift.netns]);
      if (this.#told.get(key) !== told.get(key)) this.#tell(driftEvent(drift));
    }
    this.#told = told;
  }

  #tell(event: WatchEvent): void {
    this.#session.tell({ ...event, file: this.#keeping.file });
  }
}

/** The namespaces that a plan changes, the nodes' own, and those that were looked at. */
function changedBy({ changes }: Plan, where?: Where): Where {
  const found = new Map([...(where ?? [])].map(([node, namespaces]) => [node, new Set<Netns>(namespaces)]));
  for (const change of changes) {
    const namespaces = found.get(change.node) ?? new Set<Netns>();
    found.set(change.node, namespaces.add(null));
    for (const place of placesOf(change)) namespaces.add(place);
  }
  return found;
}
