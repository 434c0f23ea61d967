import { warmUp, withNetwork } from '../network.mjs';
import { median, rowOf } from '../rows.mjs';
import { netloom, statsOfPlan } from '../run.mjs';
import { underTraffic } from '../traffic.mjs';

/**
 * Measures how long plans take, and how much their cache has, while 100 packets a second pass through every router,
 * against plans of the same
 * network at rest.
 * @param {import('../sections.mjs').Options} options
 */
export async function measureTraffic({ sizes = [50], rounds, say }) {
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) {
    /** @type {number[]} */
    const rest = [];
    /** @type {number[]} */
    const traffic = [];
    /** @type {number[]} */
    const hitsAtRest = [];
    /** @type {number[]} */
    const hits = [];
    await withNetwork(routers, async ({ topology, file, apply, destroy }) => {
      const plan = ['plan', '--lab', '--detailed-exitcode', file];
      await apply();
      await warmUp(file);
      for (let round = 1; round <= rounds; round += 1) {
        say(`under traffic, ${routers} routers, round ${round} of ${rounds}`);
        rest.push(netloom(plan));
        hitsAtRest.push(hitRate(file));
        await underTraffic(topology, () => {
          traffic.push(netloom(plan));
          hits.push(hitRate(file));
        });
      }
      await destroy();
    });
    rows.push(
      rowOf({
        section: 'traffic',
        what: 'second plan, 100 packets a second through each router',
        routers,
        rounds: traffic,
        against: { what: 'without traffic', rounds: rest },
      }),
      rowOf({
        section: 'traffic',
        what: 'outputs of programs that its cache had',
        routers,
        unit: '%',
        rounds: hits,
        against: { what: 'without traffic', rounds: hitsAtRest },
        limit: { least: median(hitsAtRest) },
      }),
    );
  }
  return rows;
}

/** Returns what the cache of a plan had, in percent of what it was asked for. @param {string} file */
function hitRate(file) {
  const { cache_hits: had, cache_misses: lacked } = statsOfPlan(['--lab', file]);
  return (100 * had) / (had + lacked);
}
