import type { Command } from '../../model/command.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const FOREIGN = kindName('foreign');

/** A foreign object of a namespace of ours, which no other kind observes. It is never desired. */
export interface ForeignSpec {
  /** What deletes it. */
  readonly removal: Command;
  /** What creates it again, if that is known. */
  readonly restoration?: Command;
  /** The device that it belongs to, and with which it is deleted. */
  readonly device?: string;
}
