/**
 * `npm run soak -- --hours N | --minutes N [--seed N] [--out FOLDER]`: a real `netloom watch` keeps a lab while files
 * are saved (good, bad, half-written), what is on the nodes is damaged, and programs and netloom itself are killed, at
 * random. Prints every step and a table; exits with 1 if something was not as it has to be. The seed repeats the steps.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/paths.mjs';
import { main, red, say, Stop } from './lib/say.mjs';
import { growth, report } from './soak/report.mjs';
import { soak } from './soak/walk.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: {
      hours: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const minutes = Number(values.minutes ?? 0) + 60 * Number(values.hours ?? 0);
  const seed = Number(values.seed ?? process.env['NETLOOM_SEED'] ?? Date.now() % 1_000_000);
  if (!(minutes >= 1) || !Number.isInteger(seed)) {
    throw new Stop('usage: npm run soak -- --hours N | --minutes N [--seed N] [--out FOLDER]; at least one minute');
  }
  const folder = values.out ?? join(ROOT, 'soak', String(seed));
  say(`NETLOOM_SEED=${seed}`);
  const stop = new AbortController();
  // The lab is brought down in any case.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      stop.abort();
    });
  }
  const soaked = await soak({ seed, minutes, folder, say, signal: stop.signal });
  say(`\n${report(soaked)}`);
  const trouble = [...soaked.trouble, ...growth(soaked.measured)];
  for (const each of trouble) say(red(`\n✗ ${each}`));
  if (trouble.length > 0) say(`\nThe steps and what the watch said are in ${folder}; --seed ${seed} repeats them.`);
  return trouble.length === 0 ? 0 : 1;
});
