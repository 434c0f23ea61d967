import { setTimeout as sleep } from 'node:timers/promises';
import { probeCommand } from './command.ts';
import { judge } from './judge.ts';
import { mapLimited } from './map-limited.ts';
import type { Outcome, Probe, RunIn } from './probe.ts';
import { silenceOf } from './silence.ts';

export interface VerifyOptions {
  readonly run: RunIn;
  readonly onOutcome?: (outcome: Outcome) => void;
  readonly signal?: AbortSignal;
  /** How many probes run at once. */
  readonly concurrency?: number;
  /** How long the expected result is waited for: after an apply, instances first need an address. */
  readonly graceMs?: number;
  readonly pauseMs?: number;
}

/** The minimum of attempts for a probe without the expected result: ARP may drop the first packet. */
const MIN_TRIES = 2;

/** Tries all probes, some at a time; returns the outcomes in the order of the probes. */
export async function verify(probes: readonly Probe[], options: VerifyOptions): Promise<readonly Outcome[]> {
  const { concurrency = 8, graceMs = 8000 } = options;
  const deadline = Date.now() + graceMs;
  return mapLimited(probes, concurrency, async (probe) => {
    const outcome = await attempt(probe, deadline, options);
    options.onOutcome?.(outcome);
    return outcome;
  });
}

/**
 * Tries a probe until it has the expected result or the deadline has passed. An answer that must not come ends it at
 * once. No answer counts as expected only if the sender could have got one before it asked again.
 */
async function attempt(probe: Probe, deadline: number, options: VerifyOptions): Promise<Outcome> {
  let silence: string | undefined = 'not known yet';
  for (let tries = 1; ; tries++) {
    options.signal?.throwIfAborted();
    const outcome = judge(probe, await options.run(probe.from, probeCommand(probe)));
    const isLast = tries >= MIN_TRIES && Date.now() >= deadline;
    if (outcome.result !== 'no-answer' || probe.succeeds === true) {
      if (outcome.ok || isLast || (outcome.result === 'answered' && probe.succeeds !== true)) return outcome;
    } else if (silence === undefined && (outcome.ok || isLast)) {
      return outcome;
    } else {
      silence = await silenceOf(probe, options.run);
      if (silence === undefined && outcome.ok) continue;
      if (silence !== undefined && isLast) return { ...outcome, ok: false, result: 'undecided', detail: silence };
    }
    await sleep(options.pauseMs ?? 300);
  }
}
