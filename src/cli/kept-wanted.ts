import type { Context } from './context.ts';
import { readSource, wantedOf, type Wanted } from './network.ts';

/** Reads a file at every call, and checks and compiles it where it has another text than the last time: the same text means the same. */
export function keepWanted(context: Context, file: string): () => Promise<Wanted> {
  let last: { readonly text: string; readonly wanted: Promise<Wanted> } | undefined;
  return async () => {
    const source = await readSource(context, file);
    if (last?.text !== source.text) last = { text: source.text, wanted: wantedOf(context, source) };
    return last.wanted;
  };
}
