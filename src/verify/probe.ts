import type { Diagnostic } from '../model/diagnostic.ts';
import type { Expectation } from '../topology/types.gen.ts';
import type { Speaker } from './speakers.ts';

/** One expectation, with the IP address that is probed. */
export interface Probe {
  readonly from: string;
  /** As in the file: a name or an IP address. */
  readonly to: string;
  readonly address: string;
  readonly protocol: 'ping' | 'tcp' | 'dns';
  readonly port: number | undefined;
  /** With dns, the queried name: it should have the IP address. */
  readonly name: string | undefined;
  /** `false`: no answer, or a refusal; `refused`: a refusal alone. */
  readonly succeeds: boolean | 'refused';
  readonly seenAs: string | undefined;
  /** What shows that the sender could have got an answer. */
  readonly speaker: Speaker;
  /** The instance of the lab that is probed, with the addresses that it must have; absent if it is to succeed. */
  readonly target: { readonly name: string; readonly addresses: readonly string[] } | undefined;
}

/**
 * What happened. `refused`: a TCP reset, or an ICMP error that says so. `other`: the name server does not give the name
 * this address. `undecided`: no answer was expected and none came, but the sender could not have got one.
 */
export type Result = 'answered' | 'refused' | 'other' | 'no-answer' | 'undecided';

/** The result of a probe. `ok` is whether it was expected. */
export interface Outcome {
  readonly probe: Probe;
  readonly ok: boolean;
  readonly result: Result;
  /** Round trip of a ping. */
  readonly milliseconds: number | undefined;
  /** For people: what was observed, or why there was no answer. */
  readonly detail: string;
}

/** Runs a command in an instance or outside host of the lab. */
export type RunIn = (
  member: string,
  argv: readonly string[],
) => Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;

/** A file's expectations: the probes, and a warning for each expectation that cannot be tried. */
export interface ProbeList {
  readonly probes: readonly Probe[];
  readonly warnings: readonly Diagnostic[];
}

/** Returns an expectation with its defaults; `undefined` fields have none. */
export function probeOf(
  expectation: Expectation,
  { address, speaker, target }: Pick<Probe, 'address' | 'speaker' | 'target'>,
): Probe {
  return {
    from: expectation.from,
    to: expectation.to,
    address,
    protocol: expectation.protocol ?? 'ping',
    port: expectation.port,
    name: expectation.name,
    succeeds: expectation.succeeds ?? true,
    seenAs: expectation.seen_as,
    speaker,
    target,
  };
}
