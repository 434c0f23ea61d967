import type { Command } from '../../model/command.ts';

/** A foreign object that was found. */
export interface Found {
  /** Its identity in the namespace, in the words of the program that lists it. */
  readonly name: string;
  /** Its effect on traffic. */
  readonly why: string;
  /** The command that deletes it, for the object's namespace. */
  readonly removal: (netns: string) => Command;
  /** The command that creates it again, if that is known. */
  readonly restoration?: (netns: string) => Command;
  /** The device that it belongs to. */
  readonly device?: string;
}

/** Returns a removal that runs a program: its arguments can be any text, unlike the words of `ip -batch`. */
export function running(...argv: readonly string[]): Found['removal'] {
  return (netns) => ({ tool: 'exec', netns, argv });
}
