/** How many moments of each kind are tested; 1000: all of them. */
const MOMENTS = Number(process.env['NETLOOM_MOMENTS'] ?? '1');
const SEED = Number(process.env['NETLOOM_SEED'] ?? Date.now() % 1_000_000_007);

/** Picks some of the values, in their order: the same for the same `NETLOOM_SEED`, which is printed. */
export function sampled<T>(title: string, all: readonly T[], most = MOMENTS): readonly T[] {
  if (all.length <= most) return all;
  const random = randomFrom(`${String(SEED)} ${title}`);
  const picked = new Set<number>();
  while (picked.size < most) picked.add(Math.floor(random() * all.length));
  process.stdout.write(`${title}: ${String(most)} of ${String(all.length)}, NETLOOM_SEED=${String(SEED)}\n`);
  return all.filter((_, index) => picked.has(index));
}

/** Returns numbers from 0 to 1 that follow from a text (mulberry32 over FNV-1a). */
function randomFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
