import { withNetwork } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { netloom } from '../run.mjs';

const LIMIT = { ratio: 1.3 };

/**
 * Measures `apply` of a network of routers from nothing, and `destroy`, against the script by hand, in turn.
 * @param {import('../sections.mjs').Options} options
 */
export async function measureApply({ sizes = [1, 10, 50, 200], rounds, say }) {
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) {
    const apply = { netloom: /** @type {number[]} */ ([]), hand: /** @type {number[]} */ ([]) };
    const destroy = { netloom: /** @type {number[]} */ ([]), hand: /** @type {number[]} */ ([]) };
    await withNetwork(routers, async (bench) => {
      for (let round = 1; round <= rounds; round += 1) {
        say(`apply and destroy, ${routers} routers, round ${round} of ${rounds}`);
        apply.hand.push(await bench.apply());
        destroy.hand.push(await bench.destroy());
        apply.netloom.push(netloom(['apply', '--lab', '--yes', bench.file]));
        destroy.netloom.push(netloom(['destroy', '--lab', '--yes', bench.file]));
      }
    });
    rows.push(
      ...Object.entries({ apply, destroy }).map(([what, times]) =>
        rowOf({
          section: 'apply',
          what,
          routers,
          rounds: times.netloom,
          against: { what: 'script by hand', rounds: times.hand },
          limit: limitOf(routers),
        }),
      ),
    );
  }
  return rows;
}

/** Of a few routers most is the start of the program. @param {number} routers */
const limitOf = (routers) => (routers >= 50 ? LIMIT : undefined);
