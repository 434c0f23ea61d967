import type { ServiceOutcome } from '../session/services.ts';
import { EXIT } from './exit.ts';

/** Returns the exit code of requests to services: as of `verify`. A silent guest may be off, and is no failure. */
export function exitOfProbes(probes: readonly ServiceOutcome[]): number {
  if (probes.some(({ verdict }) => verdict === 'failed')) return EXIT.failed;
  return probes.length === 0 ? EXIT.nothing : EXIT.ok;
}
