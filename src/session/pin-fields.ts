import type { Diagnostic } from '../model/diagnostic.ts';
import { pinsOf, type Pin } from '../compile/pins.ts';
import { addFields, type EditedFile } from '../topology/edit/add-fields.ts';
import type { Fresh } from './compile-held.ts';

/** Returns the derived values of a topology, and its files with them. */
export function pinFields(
  { topology, resolved }: Pick<Fresh, 'topology' | 'resolved'>,
  texts: ReadonlyMap<string, string>,
): {
  readonly files: readonly EditedFile[];
  readonly pins: readonly Pin[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const pins = pinsOf(topology, resolved);
  return { pins, ...addFields(texts, pins) };
}
