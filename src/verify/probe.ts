import type { Diagnostic } from '../model/diagnostic.ts';
import type { Expectation } from '../topology/types.gen.ts';

/** One expectation, with the address that is asked and the command that asks. */
export interface Probe {
  readonly from: string;
  /** As the file says: a name or an address. */
  readonly to: string;
  readonly address: string;
  readonly protocol: 'ping' | 'tcp' | 'dns';
  readonly port: number | undefined;
  /** Of dns, the name that is asked for: it should have the address. */
  readonly name: string | undefined;
  readonly succeeds: boolean;
  readonly seenAs: string | undefined;
}

/** What came of a probe. `answered` is what happened, `ok` whether that was expected. */
export interface Outcome {
  readonly probe: Probe;
  readonly ok: boolean;
  readonly answered: boolean;
  /** Round trip of a ping. */
  readonly milliseconds: number | undefined;
  /** In words: what was seen, or why there was no answer. */
  readonly detail: string;
}

/** What a file's expectations come to: what can be tried, and a warning for each that cannot. */
export interface ProbeList {
  readonly probes: readonly Probe[];
  readonly warnings: readonly Diagnostic[];
}

/** An expectation with its defaults filled in; `undefined` where a default has to be found elsewhere. */
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
