import type { Origin } from '../model/resource.ts';
import type { Move } from './addresses.ts';

/** A derived address that differs from the one that its port or floating IP has on the nodes. */
export interface Moved extends Pick<Move<unknown>, 'from' | 'to' | 'because' | 'holder'> {
  /** The port or floating IP in the file. */
  readonly origin: Origin;
}
