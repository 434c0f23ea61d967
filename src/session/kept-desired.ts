import type { Session } from './session.ts';
import { readSource, desiredOf, type Desired } from './desired.ts';

/** Reads a file at every call, and checks and compiles it where it has another text than the last time: the same text means the same. */
export function keepDesired(session: Session, file: string): () => Promise<Desired> {
  let last: { readonly text: string; readonly wanted: Promise<Desired> } | undefined;
  return async () => {
    const source = await readSource(session, file);
    if (last?.text !== source.text) last = { text: source.text, wanted: desiredOf(session, source) };
    return last.wanted;
  };
}
