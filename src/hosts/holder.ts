import type { LockHolder } from '../model/host.ts';

/**
 * Reads who holds a lock: what the holder wrote into the lock's file, and the node's time `now`. The text is not
 * trusted: it may be of another version, half written, or empty.
 */
export function parseHolder(text: string): LockHolder {
  const lines = text.split('\n').map((line) => /^(\w+)=(.*)$/.exec(line));
  const all = (key: string): string[] =>
    lines.flatMap((line) => (line?.[1] === key ? [(line[2] ?? '').slice(0, 200)] : []));
  const one = (key: string): string | undefined => all(key)[0];
  const number = (key: string): number | undefined => {
    const value = Number(one(key) ?? NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  };
  const [since, now] = [number('since'), number('now')];
  return {
    host: one('host'),
    user: one('user'),
    pid: number('pid'),
    command: one('command'),
    supervisor: number('supervisor'),
    ageSeconds: since === undefined || now === undefined ? undefined : Math.max(0, now - since),
    stuck: all('stuck').slice(0, 10),
  };
}
