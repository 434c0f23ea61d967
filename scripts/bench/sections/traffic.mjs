import { withNetwork } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { netloom } from '../run.mjs';
import { underTraffic } from '../traffic.mjs';

/**
 * Measures plans while 100 packets a second pass through every router, against plans of the same network at rest.
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
    await withNetwork(routers, async ({ topology, file, apply, destroy }) => {
      const plan = ['plan', '--lab', '--detailed-exitcode', file];
      await apply();
      for (let round = 1; round <= rounds; round += 1) {
        say(`under traffic, ${routers} routers, round ${round} of ${rounds}`);
        rest.push(netloom(plan));
        await underTraffic(topology, () => {
          traffic.push(netloom(plan));
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
    );
  }
  return rows;
}
