import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { UntimedEvent } from '../model/event.ts';
import { clean } from '../render/clean.ts';
import { summaryLine } from '../render/plan/summary.ts';
import type { NodeChoice } from '../session/choice.ts';
import type { Desired } from '../session/desired.ts';
import { runsOfTopology } from '../session/history.ts';
import type { Session } from '../session/session.ts';
import { verifyFile } from '../session/verify.ts';
import type { Onlooker, Sighting, State } from '../session/watch/onlooker.ts';
import { Orders } from './orders.ts';
import { Pace } from './pace.ts';
import { planSection } from './sections/changes.ts';
import { createDriftLog } from './sections/drift.ts';
import { MachineLog } from './sections/machine.ts';
import { partDetails } from './sections/part.ts';
import { createArtist, type Drawing } from './sections/picture.ts';
import { portRows } from './sections/ports.ts';
import { problemsOf } from './sections/problem.ts';
import { expectedRows, triedRows } from './sections/reach.ts';
import { pictureWays } from './sections/routes.ts';
import { runRows } from './sections/runs.ts';
import { createSince, floatingIpRows, serviceRows } from './sections/services.ts';
import { WorkLog, NO_WORK } from './sections/work.ts';
import type { Desk } from './server/app.ts';
import { createBoard, type Board } from './server/stream.ts';
import type { Machine } from './wire/machine.ts';
import type { PartDetails, PartName } from './wire/part.ts';
import type { PictureLevel, PictureWay } from './wire/picture.ts';
import type { Reach } from './wire/reach.ts';
import type { PortRow } from './wire/services.ts';
import type { Sight } from './wire/sight.ts';
import type { About, PageState } from './wire/state.ts';

/** What the page shows. */
export interface ShowOptions {
  readonly file: string;
  readonly lab: boolean;
  readonly choice: NodeChoice;
  readonly task: Machine['task'];
  readonly about: Omit<About, 'topology'>;
}

/** The pause between two pictures of the state, while a browser reads and otherwise: it costs the watch its time. */
const [PAUSE_MS, UNREAD_MS] = [100, 1000];
/** A state of the watch that is over before is not shown. */
const PHASE_MS = 150;
/** While a browser reads, the archive is: other programs write in it, too. */
const RUNS_MS = 2000;

const NO_REACH: Reach = { state: 'idle', at: null, rows: [], diagnostics: [] };

/**
 * What a watch sees and does, as the page shows it: the watch tells it of its looks (`Onlooker`), and the session of
 * its events.
 */
export class Show implements Onlooker, Desk {
  readonly board: Board;
  readonly orders: Orders;
  /** Absent: nothing is applied. */
  readonly apply?: (checksum: string) => boolean;
  readonly #session: Session;
  readonly #options: ShowOptions;
  readonly #machine: MachineLog;
  readonly #work: WorkLog;
  readonly #since = createSince();
  readonly #drift = createDriftLog();
  readonly #artists = { networks: createArtist('networks'), devices: createArtist('devices') };
  readonly #levels = new Set<PictureLevel>(['networks']);
  readonly #sections: Pace;
  readonly #unread: Pace;
  readonly #phases: Pace;
  readonly #runsTimer: NodeJS.Timeout;
  #ports: { readonly of: Desired; readonly rows: readonly PortRow[] } | undefined;
  #drawings: Partial<Record<PictureLevel, Drawing>> = {};
  #last: Sighting | undefined;
  #seenAt: number | null = null;
  #state: State | undefined;
  /** What kept the file or the nodes from being read; empty: nothing. */
  #faults: readonly Diagnostic[] = [];
  /** The nodes that cannot be reached. */
  #missed: readonly Diagnostic[] = [];

  constructor(session: Session, options: ShowOptions) {
    const { now } = session;
    const { about, lab, task } = options;
    this.#session = session;
    this.#options = options;
    this.#machine = new MachineLog(task, now);
    this.#work = new WorkLog(now);
    this.board = createBoard(this.#stateBefore(), {
      onReader: () => {
        this.#sections.ask();
        void this.#showRuns();
      },
      now,
    });
    this.#sections = new Pace(() => this.#showSighting(), { delayMs: 0, pauseMs: PAUSE_MS });
    this.#unread = new Pace(() => this.#showSighting(), { delayMs: 0, pauseMs: UNREAD_MS });
    this.#phases = new Pace(
      () => {
        this.#showMachine();
        return Promise.resolve();
      },
      { delayMs: PHASE_MS, pauseMs: 0 },
    );
    this.#runsTimer = setInterval(() => {
      if (this.board.readers > 0) void this.#showRuns();
    }, RUNS_MS);
    this.#runsTimer.unref();
    const log = this.#work;
    const onWork = (): void => {
      this.board.put({ work: log.work });
    };
    this.orders = new Orders(session, { lab, log, onWork });
    if (about.mayApply) this.apply = (checksum) => this.orders.take(checksum);
  }

  close(): void {
    for (const pace of [this.#sections, this.#unread, this.#phases]) pace.close();
    clearInterval(this.#runsTimer);
    this.board.close();
  }

  /** Takes an event of the session. */
  hear(event: UntimedEvent): void {
    if (event.type === 'gone') this.orders.drop();
    const before = this.#work.work.state;
    if (this.#work.hear(event)) this.board.put({ work: this.#work.work });
    if (this.#work.work.state !== before) void this.#showRuns();
    if (this.#machine.hear(event)) this.#phases.ask();
  }

  saw(sighting: Sighting): void {
    const { desired, result } = sighting;
    // The file is still bad, and the nodes were compared with the last good version of it.
    const isOld = this.#state?.blocked === true && desired === this.#last?.desired;
    if (!isOld) this.#faults = [];
    this.#last = sighting;
    this.#seenAt = this.#session.now();
    this.#drift.see(result.plan, desired.source.text, this.#seenAt);
    (this.board.readers > 0 ? this.#sections : this.#unread).ask();
  }

  failed(diagnostics: readonly Diagnostic[]): void {
    this.#faults = diagnostics;
    this.#showSight();
  }

  missed(diagnostics: readonly Diagnostic[]): void {
    this.#missed = diagnostics;
  }

  stood(state: State): void {
    const before = this.#state;
    this.#state = state;
    this.#machine.stood(state);
    if (before?.blocked === true && !state.blocked) this.#faults = [];
    if (state.phase === 'idle' && state.failed.size === 0) this.#missed = [];
    if (before?.blocked !== state.blocked || before.failed.size !== state.failed.size) this.#showSight();
    const isOver = (before?.phase === 'applying' || before?.phase === 'checking') && state.phase !== 'applying';
    if (isOver && this.#state.phase !== 'checking' && this.#work.rest()) this.board.put({ work: this.#work.work });
    if (before?.phase !== state.phase || before.failed !== state.failed) this.#phases.ask();
  }

  picture(src: string): string | undefined {
    const found = Object.values(this.#drawings).find(({ section }) => section.src === src);
    return found?.svg === '' ? undefined : found?.svg;
  }

  draw(level: string): boolean {
    if (!isLevel(level)) return false;
    this.#levels.add(level);
    this.#sections.ask();
    return true;
  }

  ways(level: string, name: string): readonly PictureWay[] {
    if (!isLevel(level)) return [];
    const drawn = this.#drawings[level]?.drawn;
    return drawn && this.#last ? pictureWays(name, this.#last.desired.resolved, drawn) : [];
  }

  part(name: PartName): PartDetails | undefined {
    return this.#last && partDetails(name, this.#last, this.#session.sources);
  }

  verify(): void {
    if (this.board.state.reach.state !== 'running') void this.#verify().catch(() => undefined);
  }

  async #showSighting(): Promise<void> {
    const sighting = this.#last;
    if (sighting === undefined) return;
    const now = this.#session.now();
    const { desired, result } = sighting;
    const { plan } = result;
    const isFirst = this.board.state.about.topology === '';
    this.board.put({
      about: { ...this.#options.about, topology: plan.topology },
      sight: this.#sight(),
      services: serviceRows(desired, result, this.#since, now),
      floatingIps: floatingIpRows(desired, result),
      ports: this.#portsOf(desired),
      changes: planSection(plan),
      drift: this.#drift.rows,
      ...(this.board.state.reach.state === 'idle' && { reach: { ...NO_REACH, rows: expectedRows(desired) } }),
    });
    if (isFirst) void this.#showRuns();
    // The rest does not wait for it.
    if (this.board.readers === 0) return;
    for (const level of this.#levels) {
      const drawing = await this.#artists[level].draw(sighting);
      this.#drawings[level] = drawing;
      this.board.put(level === 'networks' ? { picture: drawing.section } : { devices: drawing.section });
    }
  }

  /** Ports follow from the file alone. */
  #portsOf(desired: Desired): readonly PortRow[] {
    if (this.#ports?.of !== desired) this.#ports = { of: desired, rows: portRows(desired) };
    return this.#ports.rows;
  }

  #showSight(): void {
    this.board.put({ sight: this.#sight() });
  }

  #showMachine(): void {
    this.board.put({ machine: this.#machine.section() });
  }

  /** What the archive cannot tell is not shown. */
  async #showRuns(): Promise<void> {
    const { topology } = this.board.state.about;
    if (topology === '') return;
    const runs = await runsOfTopology(this.#session, topology, this.#options.lab).catch(() => []);
    this.board.put({ runs: runRows(runs) });
  }

  #sight(): Sight {
    const { desired, result } = this.#last ?? {};
    const diagnostics = [
      ...this.#faults,
      ...this.#missed.filter((one) => !this.#faults.includes(one)),
      ...(result?.diagnostics ?? []),
      ...(desired?.warnings ?? []),
    ];
    const seen = result === undefined ? 'first' : 'seen';
    const words = hasErrors(diagnostics) ? 'There are errors.' : result ? summaryLine(result.plan) : '';
    return {
      state: this.#faults.length === 0 ? seen : this.#state?.blocked === true && result ? 'blocked' : 'failed',
      at: this.#seenAt,
      now: this.#session.now(),
      words,
      leftOut: result?.plan.leftOut.map(clean) ?? [],
      diagnostics: problemsOf(diagnostics),
    };
  }

  async #verify(): Promise<void> {
    const { signal } = this.#session;
    const { file, lab, choice } = this.#options;
    const expected = this.#last ? expectedRows(this.#last.desired) : [];
    this.board.put({ reach: { ...this.board.state.reach, state: 'running' } });
    const at = (): number => this.#session.now();
    try {
      const onWarnings = () => Promise.resolve();
      const verified = await verifyFile(this.#session, file, { lab, choice, onWarnings });
      const diagnostics = problemsOf([...verified.untried, ...verified.warnings]);
      this.board.put({ reach: { state: 'done', at: at(), rows: triedRows(expected, verified), diagnostics } });
    } catch (error) {
      signal.throwIfAborted();
      const diagnostics = error instanceof DiagnosticError ? problemsOf(error.diagnostics) : [];
      this.board.put({ reach: { state: 'failed', at: at(), rows: expected, diagnostics } });
    }
  }

  /** The state before the first look. */
  #stateBefore(): PageState {
    return {
      about: { ...this.#options.about, topology: '' },
      sight: this.#sight(),
      machine: this.#machine.section(),
      services: [],
      floatingIps: [],
      ports: [],
      changes: null,
      drift: [],
      runs: [],
      work: NO_WORK,
      reach: NO_REACH,
      picture: null,
      devices: null,
    };
  }
}

function isLevel(level: string): level is PictureLevel {
  return level === 'networks' || level === 'devices';
}
