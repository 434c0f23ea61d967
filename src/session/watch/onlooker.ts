import type { Diagnostic } from '../../model/diagnostic.ts';
import type { State } from '../../watch/machine.ts';
import type { Desired } from '../desired.ts';
import type { PlanResult } from '../engine.ts';

export type { State };

/** The file and the nodes as they were at one time. */
export interface Sighting {
  readonly desired: Desired;
  /** What an apply would change, with its errors. */
  readonly result: PlanResult;
}

/** Sees what a watch sees. It is told while the watch works, so it returns at once. */
export interface Onlooker {
  /** The nodes were compared with the file. */
  saw(sighting: Sighting): void;
  /** The file has errors, or the nodes could not be read. */
  failed(diagnostics: readonly Diagnostic[]): void;
  /** Some nodes cannot be reached. The watch goes on without them. */
  missed(diagnostics: readonly Diagnostic[]): void;
  /** The machine of the watch has another state. Its times are on the clock of `performance`. */
  stood(state: State): void;
}
