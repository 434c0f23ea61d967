import { withNetwork } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { netloom, timed } from '../run.mjs';

/** More rounds than elsewhere: one takes no time. */
const ROUNDS = 5;

/**
 * Measures commands that do next to nothing against the start of Node.js itself.
 * @param {import('../sections.mjs').Options} options
 */
export async function measureStart({ rounds, say }) {
  /** @type {number[]} */
  const node = [];
  /** @type {{what: string, args: (file: string) => string[], limit: number, rounds: number[]}[]} */
  const commands = [
    { what: '--help', args: () => ['--help'], limit: 2, rounds: [] },
    { what: 'validate of one router', args: (file) => ['validate', file], limit: 2, rounds: [] },
    { what: 'plan of one router', args: (file) => ['plan', '--lab', file], limit: 3, rounds: [] },
  ];
  say('start of the program');
  await withNetwork(1, async ({ file, apply, destroy }) => {
    await apply();
    for (let round = 0; round < rounds * ROUNDS; round += 1) {
      node.push(timed(process.execPath, ['-e', '0']).ms);
      for (const { args, rounds: times } of commands) times.push(netloom(args(file)));
    }
    await destroy();
  });
  return commands.map(({ what, limit, rounds: times }) =>
    rowOf({
      section: 'start',
      what,
      rounds: times,
      against: { what: 'node -e 0', rounds: node },
      limit: { ratio: limit },
    }),
  );
}
