import path from 'node:path';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { growth, report } from '../../scripts/soak/report.mjs';
import { TEST_MINUTES } from '../../scripts/soak/limits.mjs';
import { soak } from '../../scripts/soak/walk.mjs';

const seed = Number(process.env['NETLOOM_SEED'] ?? Date.now() % 1_000_000);

it(
  `a watch keeps a network right for ${TEST_MINUTES} minutes of saves, damages and kills, and does not grow`,
  async () => {
    const folder = path.join(tmpdir(), `netloom-soak-${String(seed)}`);
    process.stdout.write(`NETLOOM_SEED=${String(seed)}\n`);
    const soaked = await soak({ seed, minutes: TEST_MINUTES, folder });
    process.stdout.write(`${report(soaked)}\n`);
    const trouble = [...soaked.trouble, ...growth(soaked.measured)];
    expect(trouble, `the steps are in ${folder}; NETLOOM_SEED=${String(seed)} repeats them`).toEqual([]);
    // A walk that did next to nothing proves nothing.
    expect(soaked.heals).toBeGreaterThan(10);
    expect(soaked.settled.length).toBeGreaterThan(2);
    expect(soaked.measured.length).toBeGreaterThan(5);
  },
  // Nothing may wait longer than `PATIENCE_MS`; what does not end is ended by the walk itself.
  2 * TEST_MINUTES * 60_000,
);
