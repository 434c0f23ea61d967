import { readsTheSame } from '../topology/include/folder.ts';
import type { Source } from '../topology/read.ts';
import { desiredOf, healing, readSource, type Desired } from './desired.ts';
import type { Session } from './session.ts';

/** The desired state of a file that is read repeatedly. */
export interface KeptDesired {
  /**
   * Reads the file and those that it names, and checks and compiles them unless all have the same content as the last
   * time.
   */
  readonly desired: () => Promise<Desired>;
  /**
   * Absolute paths of the files that the file named the last time, each with the `fileStamp` that it had when it was
   * read.
   */
  readonly stamps: () => ReadonlyMap<string, string>;
}

/** Keeps the last compiled state. */
export function keepDesired(session: Session, file: string, healForeign = false): KeptDesired {
  let last: { readonly source: Source; readonly desired: Promise<Desired> } | undefined;
  return {
    async desired() {
      const source = await readSource(session, file);
      // The other files are known once it is loaded.
      await last?.desired.catch(() => undefined);
      const same = last?.source.text === source.text && readsTheSame(last.source.folder, source.folder);
      const compile = async (): Promise<Desired> => healing(await desiredOf(session, source), healForeign);
      last = { source, desired: last && same ? last.desired : compile() };
      return last.desired;
    },
    stamps: () => last?.source.folder?.stamps() ?? new Map<string, string>(),
  };
}
