import type { Diagnostic } from '../../model/diagnostic.ts';
import { show } from '../show.ts';
import type { Topology } from '../types.gen.ts';
import { COMPRESS, LARGEST_USER_DATA } from '../user-data.ts';
import type { Locate } from '../valid.ts';
import { refusalDiagnostic } from './folder.ts';
import type { Folder, Refusal } from './folder.ts';
import type { Part } from './part.ts';
import { readNamed } from './path.ts';

/** The user data of instances that have it in a file, by the instance's name. */
export type UserDataFiles = ReadonlyMap<string, Uint8Array>;

/** Reads every `user_data_file` of a document that matches the schema. */
export function readUserDataFiles(
  { instances = {} }: Topology,
  locate: Locate,
  parts: readonly Part[],
  folder: Folder | undefined,
): { readonly userData: UserDataFiles; readonly diagnostics: readonly Diagnostic[] } {
  const pathOf = new Map(parts.map(({ file, path }) => [file, path]));
  const userData = new Map<string, Uint8Array>();
  const diagnostics: Diagnostic[] = [];
  for (const [name, { metadata }] of Object.entries(instances)) {
    const named = metadata?.user_data_file;
    if (named === undefined) continue;
    const range = locate(['instances', name, 'metadata', 'user_data_file']);
    const from = pathOf.get(range?.file ?? '') ?? '';
    const { content, refusal } = readNamed({ folder, from, named, largest: LARGEST_USER_DATA });
    if (content !== undefined) userData.set(name, content.bytes);
    else diagnostics.push(refusalDiagnostic(refusal.tooLarge === true ? tooLarge(name) : refusal, range));
  }
  return { userData, diagnostics };
}

function tooLarge(name: string): Refusal {
  const summary = `the user data of ${show(name)} must be at most ${String(LARGEST_USER_DATA)} bytes`;
  return { code: 'NL703', summary, hint: COMPRESS };
}
