import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { LockAnswer, LockHolder, Shell } from '../model/host.ts';
import { heldBy, heldHint } from '../model/lock-holder.ts';
import type { Shells } from './nodes.ts';
import { waitsToBeConfirmed } from './window/words.ts';

/** How locks are waited for. */
export interface LockOptions {
  /** How long in all, in milliseconds; 0: not at all. */
  readonly waitMs: number;
  /** Called when the wait for a node begins, and for each holder after that. */
  readonly onBusy?: (node: string, holder: LockHolder) => void;
  /** Called once if another session has a lock: it may change what was read before. */
  readonly onWait?: () => void;
}

/**
 * Takes the lock of every node; returns an error for each that cannot be locked. A second lock of a node changes
 * nothing. All are asked at once. If one is busy, they are released and taken one after the other in the order of their
 * names: two sessions that wait for each other's nodes would wait for ever.
 */
export async function lockNodes(
  shells: Shells,
  { waitMs, onBusy, onWait }: LockOptions = { waitMs: 0 },
): Promise<readonly Diagnostic[]> {
  const all = [...shells.values()];
  const until = performance.now() + waitMs;
  const answers = await Promise.all(all.map(async (shell) => ({ shell, answer: await shell.lock() })));
  const errors = answers.flatMap(({ shell, answer }) => errorOf(shell.node, answer));
  const waits = waitMs > 0 && answers.every(({ answer }) => mayEnd(answer));
  if (errors.length === 0 || !waits) return errors;
  onWait?.();
  await unlockNodes(shells);
  for (const shell of all.sort((a, b) => (a.node < b.node ? -1 : 1))) {
    const error = errorOf(shell.node, await waitFor(shell, until, onBusy));
    if (error.length > 0) return error;
  }
  return [];
}

/** How often a node is asked again on which an apply waits to be confirmed. */
const POLL_MS = 500;

/** Waits for the lock of a node, and until no apply waits there to be confirmed. */
async function waitFor(shell: Shell, until: number, onBusy: LockOptions['onBusy']): Promise<LockAnswer> {
  let told: string | undefined;
  for (;;) {
    const answer = await shell.lock({
      waitMs: Math.max(0, until - performance.now()),
      onBusy: (holder) => onBusy?.(shell.node, holder),
    });
    const left = until - performance.now();
    // Without its timer a window never ends by itself.
    if (answer.state !== 'window' || !mayEnd(answer) || left <= 0) return answer;
    const { window, holder } = answer;
    if (window !== undefined && window.id !== told) {
      told = window.id;
      onBusy?.(shell.node, { ...holder, command: `${holder.command ?? 'an apply'}; it waits to be confirmed` });
    }
    await sleep(Math.min(left, POLL_MS));
  }
}

/** Whether a lock may become free by itself. */
function mayEnd(answer: LockAnswer): boolean {
  return answer.state !== 'failed' && !(answer.state === 'window' && answer.window?.dead === true);
}

/** Releases the locks that were taken. */
export async function unlockNodes(shells: Shells): Promise<void> {
  await Promise.allSettled([...shells.values()].map((shell) => shell.unlock()));
}

function errorOf(node: string, answer: LockAnswer): readonly Diagnostic[] {
  if (answer.state === 'taken') return [];
  if (answer.state === 'failed') {
    const { why, hint } = answer;
    const summary = `the lock of ${node} cannot be taken: ${why}`;
    return [{ code: 'NLA09', severity: 'error', summary, place: { node }, hint }];
  }
  if (answer.state === 'window') return [waitsToBeConfirmed(node, answer.window)];
  const detail = heldBy(answer.holder);
  return [
    {
      code: 'NLA04',
      severity: 'error',
      summary: `another netloom is changing ${node}`,
      ...(detail !== undefined && { detail: `The lock is held by ${detail}.` }),
      place: { node },
      hint: heldHint(node, answer.holder),
    },
  ];
}
