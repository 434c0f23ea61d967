import { setTimeout as sleep } from 'node:timers/promises';
import { probeCommand } from './command.ts';
import { judge } from './judge.ts';
import type { Outcome, Probe } from './probe.ts';

/** Runs a command in an instance or outside host of the lab. */
export type RunIn = (
  member: string,
  argv: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

export interface VerifyOptions {
  readonly run: RunIn;
  readonly onOutcome?: (outcome: Outcome) => void;
  readonly signal?: AbortSignal;
  /** How many probes run at once. */
  readonly concurrency?: number;
  /** How long an expected answer is waited for: after an apply, instances first need an address. */
  readonly graceMs?: number;
  readonly pauseMs?: number;
}

/** The minimum of attempts for a probe without an answer: ARP may drop the first packet. */
const MIN_TRIES = 2;

/** Tries all probes, some at a time; returns the outcomes in the order of the probes. */
export async function verify(probes: readonly Probe[], options: VerifyOptions): Promise<readonly Outcome[]> {
  const { concurrency = 8, graceMs = 8000 } = options;
  const deadline = Date.now() + graceMs;
  const outcomes: Outcome[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < probes.length; index = next++) {
      const probe = probes[index];
      if (!probe) return;
      const outcome = await attempt(probe, deadline, options);
      outcomes[index] = outcome;
      options.onOutcome?.(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, probes.length) }, worker));
  return outcomes;
}

/** Tries a probe until it has the expected answer or the deadline has passed; an unexpected answer ends it at once. */
async function attempt(probe: Probe, deadline: number, options: VerifyOptions): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    options.signal?.throwIfAborted();
    const outcome = judge(probe, await options.run(probe.from, probeCommand(probe)));
    const over = probe.succeeds ? outcome.ok || Date.now() >= deadline : outcome.answered;
    if (over && (tries >= MIN_TRIES || outcome.answered)) return outcome;
    if (!probe.succeeds && tries >= MIN_TRIES) return outcome;
    await sleep(options.pauseMs ?? 300);
  }
}
