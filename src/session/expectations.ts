import type { ValidTopology } from '../topology/valid.ts';
import type { Outcome, Probe } from '../verify/probe.ts';
import type { VerifyOptions } from '../verify/verify.ts';
import { untilAborted } from './abort.ts';
import { allInLab } from './lab-only.ts';
import { runInLab } from './lab.ts';
import type { Session } from './session.ts';

/** A command in the lab that takes longer than this is considered hung. */
const TIMEOUT_MS = 10_000;

/** Returns whether a file has expectations, and all its nodes are in the lab. */
export function canBeTried(topology: ValidTopology, lab: boolean): boolean {
  const { expect = [], nodes = {} } = topology.doc;
  return expect.length > 0 && allInLab(topology, Object.keys(nodes), lab);
}

/** Tries expectations from the instances and outside hosts of the lab; returns the outcomes in their order. */
export async function tryProbes(
  session: Session,
  topology: ValidTopology,
  probes: readonly Probe[],
  options: Pick<VerifyOptions, 'graceMs'> = {},
): Promise<readonly Outcome[]> {
  const { signal } = session;
  const { verify } = await import('../verify/verify.ts');
  return untilAborted(
    signal,
    verify(probes, {
      ...options,
      signal,
      run: (member, argv) => runInLab(session, topology, member, argv, { timeoutMs: TIMEOUT_MS }),
    }),
  );
}
