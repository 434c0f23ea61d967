import type { DriftReason, WatchEvent } from '../model/event.ts';
import type { Netns } from '../model/resource.ts';
import { backoffMs } from './backoff.ts';
import { emptyLook, withSpoken, type Look } from './look.ts';

/**
 * What a watch does at a time. The machine is pure: it gets inputs with their times, and returns the next state and
 * what is to be done; the loop around it (watch.ts) has the clock, the timers and the nodes.
 *
 * ```text
 *              saved, SIGHUP, heard                 quiet
 *        ┌──────────────────────────▶ settling ──────────────▶ checking ───── differs ─────▶ applying
 *        │                              ▲                       ▲ │ │ │                         │ │
 *        │          noted meanwhile     │    resync, retry      │ │ │ └── reverted ──┐          │ │ reverted
 *        │   ┌──────────────────────────┴───────────────────────┼─┘ │                ▼          │ ▼
 *       idle ◀──── nothing differs, refused ────────────────────┼───┴──────── standing still ◀──┼─┘
 *        │   ◀──── settled, failed ─────────────────────────────┼───────────────────│───────────┘
 *        └──────────────────────────────────────────────────────┘                   │ saved, SIGHUP
 *                                                                                   └──▶ settling
 * ```
 *
 * Two conditions go beside the phase:
 * - blocked: the file has errors. All goes on as drawn, with the last good version of the file, until a save is good.
 * - backing off, of a node: it failed. It is left out, and all goes on with the other nodes, until it is retried: after
 *   1 s, and after each further failure twice as long, up to 5 min.
 */
export type Phase = 'idle' | 'settling' | 'checking' | 'applying' | 'standing-still';

/** A state of the machine. Times are in milliseconds of one clock. */
export interface State {
  readonly phase: Phase;
  readonly blocked: boolean;
  /** What is to be looked at next. */
  readonly look?: Look;
  /** What is looked at now. */
  readonly current?: Look;
  /** The nodes that this look leaves out. */
  readonly without?: readonly string[];
  /** When settling ends. */
  readonly quietAt: number;
  /** When everything is read again. */
  readonly resyncAt: number;
  /** The nodes that are backed off from: the number of failures, and when each is retried. */
  readonly failed: ReadonlyMap<string, { readonly attempt: number; readonly at: number }>;
  /** How long reports of the kernel are collected. */
  readonly paceMs: number;
  /** When the last check ended. */
  readonly checkedAt: number;
  /** What the file asks for could not be carried out; it is tried again with the nodes that failed. */
  readonly owed: boolean;
}

/** Something that happened. */
export type Input = { readonly at: number } & (
  | { readonly type: 'saved' }
  /** SIGHUP: read the file and the nodes again, whatever has changed, and go on after a revert. */
  | { readonly type: 'told' }
  | {
      readonly type: 'heard';
      readonly node: string;
      readonly netns: Netns;
      readonly reason: DriftReason;
      /** On the clock of the node. */
      readonly time: number;
    }
  | { readonly type: 'tick' }
  /** The check found differences, which are now put right. */
  | { readonly type: 'differs' }
  | { readonly type: 'ended'; readonly ended: Ended }
);

/** How a check, with the apply that may follow it, ended. */
export interface Ended {
  /**
   * `good`: nothing is left to do. `blocked`: the file has errors. `refused`: the guard, or what others have on the
   * nodes, speaks against it; only a change of either helps. `failed`: it can be tried again. `reverted`: an apply was
   * not confirmed. `nothing`: there was nothing to look at.
   */
  readonly outcome: 'good' | 'blocked' | 'refused' | 'failed' | 'reverted' | 'nothing';
  /** The codes of the errors. */
  readonly codes?: readonly string[];
  /** The nodes that failed, and why. */
  readonly failed?: ReadonlyMap<string, string>;
  /** Something differed. */
  readonly found?: boolean;
}

/** What the loop is to do. */
export type Effect =
  | { readonly type: 'look'; readonly look: Look; readonly without: readonly string[] }
  | { readonly type: 'tell'; readonly event: WatchEvent }
  /** Read ahead: a save settles. */
  | { readonly type: 'prepare' };

export interface Settings {
  /** How long a saved file must be quiet. */
  readonly saveMs: number;
  /** How often everything is read; `Infinity`: never. */
  readonly resyncMs: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** How long the reports of one change are collected, at first, and when its pace is forgotten. */
const [PACE_MS, CALM_MS] = [10, 2000];
/** A node that speaks all the time is looked at for a tenth of the time at most. */
const SHARE = 10;

/** Returns the state of a watch that begins: its first look is at the file. */
export function firstState(at: number): State {
  return {
    phase: 'settling',
    blocked: false,
    look: { ...emptyLook(at), file: 'forced' },
    quietAt: at,
    resyncAt: Infinity,
    failed: new Map(),
    paceMs: PACE_MS,
    checkedAt: at,
    owed: false,
  };
}

/** Returns when the machine needs the next `tick`; `Infinity`: only another input leads on. */
export function wakeAt({ phase, quietAt, resyncAt, failed }: State): number {
  if (phase === 'settling') return quietAt;
  return phase === 'idle' ? Math.min(resyncAt, ...[...failed.values()].map(({ at }) => at)) : Infinity;
}

/** Returns the next state, and what is to be done. */
export function step(state: State, input: Input, settings: Settings): Step {
  switch (input.type) {
    case 'saved':
      return saved(state, input.at, 'saved', settings.saveMs);
    case 'told':
      return saved(state, input.at, 'forced', 0);
    case 'heard':
      return heard(state, input);
    case 'tick':
      return tick(state, input.at);
    case 'differs':
      return { state: state.phase === 'checking' ? { ...state, phase: 'applying' } : state, effects: [] };
    case 'ended':
      return ended(state, input.at, input.ended, settings);
  }
}

function saved(state: State, at: number, file: NonNullable<Look['file']>, quietMs: number): Step {
  const before = state.look ?? emptyLook(at);
  const look: Look = { ...before, file: before.file === 'forced' ? 'forced' : file };
  const quietAt = at + quietMs;
  if (state.phase === 'checking' || state.phase === 'applying') {
    return { state: { ...state, look, quietAt }, effects: [] };
  }
  const isFirst = state.look?.file === undefined && file === 'saved';
  return {
    state: { ...state, phase: 'settling', look, quietAt },
    effects: isFirst ? [{ type: 'prepare' }] : [],
  };
}

function heard(state: State, { at, node, netns, reason, time }: Extract<Input, { readonly type: 'heard' }>): Step {
  // A node that is retried is read in full; what was reverted is left as it is.
  if (state.failed.has(node) || state.phase === 'standing-still') return { state, effects: [] };
  const look = withSpoken(state.look ?? emptyLook(at), node, netns, { reason, time });
  if (state.phase !== 'idle') return { state: { ...state, look }, effects: [] };
  const paceMs = at - state.checkedAt > CALM_MS ? PACE_MS : state.paceMs;
  return { state: { ...state, phase: 'settling', look, paceMs, quietAt: at + paceMs }, effects: [] };
}

function tick(state: State, at: number): Step {
  if (at < wakeAt(state)) return { state, effects: [] };
  const { phase, look, failed, resyncAt, ...rest } = state;
  if (phase !== 'settling' && phase !== 'idle') return { state, effects: [] };
  const due = [...failed].filter(([, { at: when }]) => when <= at).map(([node]) => node);
  const isFull = due.length > 0 || resyncAt <= at;
  const now: Look = {
    ...(look ?? emptyLook(at)),
    ...(isFull && { everything: true }),
    ...(state.owed && due.length > 0 && { file: 'forced' }),
  };
  const without = [...failed.keys()].filter((node) => !due.includes(node));
  return {
    state: { ...rest, failed, resyncAt, phase: 'checking', current: now, without },
    effects: [{ type: 'look', look: now, without }],
  };
}

function ended(state: State, at: number, { outcome, codes = [], failed, found }: Ended, settings: Settings): Step {
  const { current = emptyLook(at), without = [], look, ...rest } = state;
  const effects: Effect[] = [];
  const tell = (event: WatchEvent): void => {
    effects.push({ type: 'tell', event });
  };
  const readsFile = current.file !== undefined && outcome !== 'nothing';
  const blocked = readsFile ? outcome === 'blocked' : state.blocked;
  if (blocked && readsFile) tell({ type: 'blocked', codes });
  if (!blocked && state.blocked) tell({ type: 'unblocked' });
  const backing = new Map(state.failed);
  for (const node of state.failed.keys()) {
    if (without.includes(node) || failed?.has(node) === true) continue;
    if (outcome === 'nothing' || outcome === 'blocked') continue;
    backing.delete(node);
    tell({ type: 'recovered', node });
  }
  for (const [node, why] of failed ?? []) {
    const attempt = (state.failed.get(node)?.attempt ?? 0) + 1;
    const wait = backoffMs(attempt, settings.random());
    backing.set(node, { attempt, at: at + wait });
    tell({ type: 'backing-off', node, attempt, seconds: wait / 1000, why });
  }
  if (outcome === 'reverted') tell({ type: 'standing-still', why: 'the apply was reverted' });
  const isFull = readsFile || current.everything === true;
  const took = at - current.since;
  const next: State = {
    ...rest,
    blocked,
    failed: backing,
    owed: readsFile ? outcome === 'failed' || (failed?.size ?? 0) > 0 : state.owed,
    checkedAt: at,
    paceMs: found === true || isFull ? PACE_MS : Math.min(2 * state.paceMs, Math.max(PACE_MS, SHARE * took)),
    resyncAt: isFull ? at + settings.resyncMs : state.resyncAt,
    phase: 'idle',
  };
  // What the file asks for is told by a save; what others do is left alone after a revert.
  if (outcome === 'reverted' && look?.file === undefined)
    return { state: { ...next, phase: 'standing-still' }, effects };
  if (look === undefined) return { state: next, effects };
  const quietAt = look.file === undefined ? at + next.paceMs : Math.max(at, state.quietAt);
  return { state: { ...next, phase: 'settling', look, quietAt }, effects };
}
