import type { Diagnostic } from '../model/diagnostic.ts';
import type { Expectation } from '../topology/types.gen.ts';

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
  readonly succeeds: boolean;
  readonly seenAs: string | undefined;
}

/** The result of a probe. `answered` is what happened, `ok` whether that was expected. */
export interface Outcome {
  readonly probe: Probe;
  readonly ok: boolean;
  readonly answered: boolean;
  /** Round trip of a ping. */
  readonly milliseconds: number | undefined;
  /** For people: what was observed, or why there was no answer. */
  readonly detail: string;
}

/** A file's expectations: the probes, and a warning for each expectation that cannot be tried. */
export interface ProbeList {
  readonly probes: readonly Probe[];
  readonly warnings: readonly Diagnostic[];
}

/** Returns an expectation with its defaults; `undefined` fields have none. */
export function probeOf(expectation: Expectation, address: string): Probe {
  return {
    from: expectation.from,
    to: expectation.to,
    address,
    protocol: expectation.protocol ?? 'ping',
    port: expectation.port,
    name: expectation.name,
    succeeds: expectation.succeeds ?? true,
    seenAs: expectation.seen_as,
  };
}
