import type { Session } from './session.ts';
import { readSource, wantedOf, type Wanted } from './wanted.ts';

/** Reads a file at every call, and checks and compiles it where it has another text than the last time: the same text means the same. */
export function keepWanted(session: Session, file: string): () => Promise<Wanted> {
  let last: { readonly text: string; readonly wanted: Promise<Wanted> } | undefined;
  return async () => {
    const source = await readSource(session, file);
    if (last?.text !== source.text) last = { text: source.text, wanted: wantedOf(session, source) };
    return last.wanted;
  };
}
