import { setTimeout as sleep } from 'node:timers/promises';
import { DiagnosticError, hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { UntimedEvent } from '../model/event.ts';
import { summaryLine } from '../render/plan/summary.ts';
import { clean } from '../render/clean.ts';
import type { NodeChoice } from '../session/choice.ts';
import { runsOfTopology } from '../session/history.ts';
import { keepLooking, type Look, type Looker } from '../session/looks.ts';
import type { Session } from '../session/session.ts';
import { NodesUnreachable } from '../session/unreachable.ts';
import { verifyFile } from '../session/verify.ts';
import { applying } from './applying.ts';
import { planSection } from './sections/changes.ts';
import { createDriftLog } from './sections/drift.ts';
import { createArtist, type Drawing } from './sections/picture.ts';
import { partDetails } from './sections/part.ts';
import { portRows } from './sections/ports.ts';
import { problemsOf } from './sections/problem.ts';
import { expectedRows, triedRows } from './sections/reach.ts';
import { runRows } from './sections/runs.ts';
import { createSince, floatingIpRows, serviceRows } from './sections/services.ts';
import type { Desk } from './server/app.ts';
import { createBoard, type Board } from './server/stream.ts';
import type { About, PageState, Sight } from './wire.ts';

/** What the page shows, and how. */
export interface WatchingOptions {
  readonly file: string;
  readonly lab: boolean;
  readonly choice: NodeChoice;
  /** Milliseconds between two looks while a browser reads. */
  readonly every: number;
  readonly about: Omit<About, 'topology'>;
}

/** The network as the page sees it. */
export interface Watching {
  readonly board: Board;
  readonly desk: Desk;
  /** Looks again and again until the session is aborted. */
  readonly run: () => Promise<void>;
}

/** Without a browser that reads, it is looked less often: `since when` still tells the truth. */
const UNREAD_MS = 30_000;
/** Nodes that cannot be reached are tried again after this time. */
const AGAIN_MS = 30_000;

const NO_WORK: PageState['work'] = { state: 'idle', at: null, done: 0, total: 0, words: '', diagnostics: [] };
const NO_REACH: PageState['reach'] = { state: 'idle', at: null, rows: [], diagnostics: [] };

/** Looks at the network of a file for the page. Looks and applies follow one another. */
export function watching(given: Session, { file, lab, choice, every, about }: WatchingOptions): Watching {
  const listeners = new Set<(event: UntimedEvent) => void>();
  const session: Session = {
    ...given,
    tell(event) {
      for (const listener of listeners) listener(event);
    },
  };
  const { signal } = session;
  let wake = new AbortController();
  const board = createBoard(stateBefore({ ...about, topology: '' }, every, session.now()), {
    onReader: () => {
      wake.abort();
    },
    now: session.now,
  });
  const since = createSince();
  const drift = createDriftLog();
  const artist = createArtist();
  let drawing: Drawing | undefined;
  let unreachable: { readonly error: NodesUnreachable; readonly at: number } | undefined;
  let looker: Looker = keepLooking(session, file, { lab, choice });
  let last: Look | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const reopen = async (except: readonly string[]): Promise<void> => {
    await looker.close().catch(() => undefined);
    const all = [...(choice.except ?? []), ...except];
    looker = keepLooking(session, file, { lab, choice: { ...choice, ...(all.length > 0 && { except: all }) } });
  };
  const show = async (look: Look): Promise<void> => {
    last = look;
    const now = session.now();
    const { desired, result } = look;
    const { plan } = result;
    const topology = plan.topology;
    const diagnostics: readonly Diagnostic[] = [
      ...(unreachable?.error.diagnostics ?? []),
      ...result.diagnostics,
      ...desired.warnings,
    ];
    const runs = await runsOfTopology(session, topology, lab).catch(() => []);
    board.put({
      about: { ...about, topology },
      sight: {
        ...sightNow(),
        state: 'seen',
        at: now,
        words: words(plan, diagnostics),
        leftOut: plan.leftOut.map(clean),
        diagnostics: problemsOf(diagnostics),
      },
      services: serviceRows(desired, result, since, now),
      floatingIps: floatingIpRows(desired, result),
      ports: portRows(desired),
      changes: planSection(plan),
      drift: drift.see(plan, look.desired.source.text, now),
      runs: runRows(runs),
      ...(board.state.reach.state === 'idle' && { reach: { ...NO_REACH, rows: expectedRows(desired) } }),
    });
    // The rest does not wait for it.
    if (board.readers === 0) return;
    drawing = await artist.draw(look);
    board.put({ picture: drawing.section });
  };
  const sightNow = (): Sight => ({ ...board.state.sight, now: session.now() });
  const lookOnce = async (): Promise<void> => {
    try {
      if (unreachable && session.now() - unreachable.at > AGAIN_MS) {
        unreachable = undefined;
        await reopen([]);
      }
      await looker.look(show);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof NodesUnreachable && !error.all && unreachable === undefined) {
        unreachable = { error, at: session.now() };
        await reopen(error.nodes);
        return lookOnce();
      }
      if (!(error instanceof DiagnosticError)) throw error;
      board.put({ sight: { ...sightNow(), state: 'failed', diagnostics: problemsOf(error.diagnostics) } });
    }
  };
  const verify = async (): Promise<void> => {
    const expected = last ? expectedRows(last.desired) : [];
    board.put({ reach: { ...board.state.reach, state: 'running' } });
    try {
      const verified = await verifyFile(session, file, { lab, choice, onWarnings: () => Promise.resolve() });
      const diagnostics = problemsOf([...verified.untried, ...verified.warnings]);
      board.put({ reach: { state: 'done', at: session.now(), rows: triedRows(expected, verified), diagnostics } });
    } catch (error) {
      signal.throwIfAborted();
      const diagnostics = error instanceof DiagnosticError ? problemsOf(error.diagnostics) : [];
      board.put({ reach: { state: 'failed', at: session.now(), rows: expected, diagnostics } });
    }
  };
  const desk: Desk = {
    picture: () => (drawing?.svg === '' ? undefined : drawing?.svg),
    part: (name) => (last ? partDetails(name, last, session.sources) : undefined),
    verify() {
      if (board.state.reach.state !== 'running') void verify().catch(() => undefined);
    },
    ...(about.mayApply && {
      apply: (checksum: string) => {
        if (board.state.work.state === 'running') return false;
        board.put({ work: { ...NO_WORK, state: 'running', at: session.now() } });
        const work = applying(session, {
          checksum,
          lab,
          listeners,
          tell: (sections) => {
            board.put(sections);
          },
        });
        void inTurn(() => looker.look(work))
          .catch((error: unknown) => {
            const diagnostics = error instanceof DiagnosticError ? problemsOf(error.diagnostics) : [];
            board.put({ work: { ...board.state.work, state: 'failed', words: 'Nothing was changed.', diagnostics } });
          })
          .finally(() => {
            session.interrupts.release();
            wake.abort();
          });
        return true;
      },
    }),
  };
  return {
    board,
    desk,
    async run() {
      try {
        for (;;) {
          signal.throwIfAborted();
          wake = new AbortController();
          await inTurn(lookOnce);
          const pause = board.readers > 0 ? every : Math.max(every, UNREAD_MS);
          await sleep(pause, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);
        }
      } finally {
        board.close();
        await looker.close().catch(() => undefined);
      }
    },
  };
}

function words(plan: Look['result']['plan'], diagnostics: readonly Diagnostic[]): string {
  return hasErrors(diagnostics) ? 'There are errors.' : summaryLine(plan);
}

/** The state before the first look. */
function stateBefore(about: About, every: number, now: number): PageState {
  return {
    about,
    sight: { state: 'first', at: null, now, every, words: '', leftOut: [], diagnostics: [] },
    services: [],
    floatingIps: [],
    ports: [],
    changes: null,
    drift: [],
    runs: [],
    work: NO_WORK,
    reach: NO_REACH,
    picture: null,
  };
}
