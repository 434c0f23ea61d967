import { withNetwork } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { netloom, peakOfNetloom } from '../run.mjs';

/** The number of routers with the change of one floating IP, and with the peak of memory. */
const LARGE = 1000;

/**
 * Measures plans of a network that is as desired, against the script by hand that only reads it.
 * @param {import('../sections.mjs').Options} options
 */
export async function measurePlan({ sizes = [1, 10, 50, 200, LARGE], rounds, say }) {
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) {
    const times = { second: /** @type {number[]} */ ([]), hand: /** @type {number[]} */ ([]) };
    /** @type {number[]} */
    const added = [];
    /** @type {number[]} */
    const peaks = [];
    await withNetwork(routers, async ({ file, more, apply, read, destroy }) => {
      const plan = ['plan', '--lab', '--detailed-exitcode', file];
      say(`plan, ${routers} routers: the script by hand creates them`);
      // It also makes the first plan.
      await apply();
      for (let round = 1; round <= rounds; round += 1) {
        say(`plan, ${routers} routers, round ${round} of ${rounds}`);
        times.hand.push(await read());
        times.second.push(netloom(plan));
        peaks.push(peakOfNetloom(plan));
        if (routers < LARGE) continue;
        added.push(netloom(['apply', '--lab', '--yes', more]));
        netloom(['apply', '--lab', '--yes', file]);
      }
      await destroy();
    });
    const section = 'plan';
    rows.push(
      rowOf({
        section,
        what: 'plan without changes, second time',
        routers,
        rounds: times.second,
        against: { what: 'reads by hand', rounds: times.hand },
        limit: routers >= 50 ? { ratio: 0.35 } : undefined,
      }),
      rowOf({
        section,
        what: 'peak memory of a plan',
        routers,
        unit: 'MB',
        rounds: peaks,
        limit: routers >= LARGE ? { most: 300 } : undefined,
      }),
      ...(added.length === 0
        ? []
        : [
            rowOf({
              section,
              what: 'apply of one floating IP more',
              routers,
              rounds: added,
              against: { what: 'second plan', rounds: times.second },
              limit: { ratio: 1.3 },
            }),
          ]),
    );
  }
  return rows;
}
