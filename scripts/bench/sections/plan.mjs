import { warmUp, withNetwork } from '../network.mjs';
import { rowOf } from '../rows.mjs';
import { netloom, peakOfNetloom, statsOfPlan } from '../run.mjs';

/** The number of routers with the change of one floating IP, and with the limit of memory. */
const LARGE = 1000;
/** The number of routers with the limit of processes. */
const MIDDLE = 200;

/**
 * Measures plans of a network that is as desired, against the script by hand that only reads it.
 * @param {import('../sections.mjs').Options} options
 */
export async function measurePlan({ sizes = [1, 10, 50, MIDDLE, LARGE], rounds, say }) {
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) {
    const times = timesOf(['reads', 'second', 'uncached', 'peaks', 'processes', 'added']);
    await withNetwork(routers, async ({ file, more, apply, read, destroy }) => {
      const plan = ['plan', '--lab', '--detailed-exitcode', file];
      say(`plan, ${routers} routers: the script by hand creates them`);
      await apply();
      await warmUp(file);
      for (let round = 1; round <= rounds; round += 1) {
        say(`plan, ${routers} routers, round ${round} of ${rounds}`);
        times.reads.push(await read());
        times.second.push(netloom(plan));
        times.uncached.push(netloom([...plan, '--no-cache']));
        times.peaks.push(peakOfNetloom(plan));
        times.processes.push(processesOf(statsOfPlan(['--lab', file])));
        if (routers < LARGE) continue;
        times.added.push(netloom(['apply', '--lab', '--yes', more]));
        netloom(['apply', '--lab', '--yes', file]);
      }
      await destroy();
    });
    rows.push(...rowsOf(routers, times));
  }
  return rows;
}

/**
 * @template {string} Name @param {readonly Name[]} names @returns {Record<Name, number[]>}
 */
const timesOf = (names) => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, []])));

/** With the shell and the supervisor of each node. @param {{shells: number, processes: number}} stats */
const processesOf = ({ shells, processes }) => shells + processes;

/**
 * @param {number} routers
 * @param {Record<'reads' | 'second' | 'uncached' | 'peaks' | 'processes' | 'added', number[]>} times
 * @returns {import('../rows.mjs').Row[]}
 */
function rowsOf(routers, { reads, second, uncached, peaks, processes, added }) {
  // Of a few routers most is the start of the program.
  const isLarge = routers >= 50;
  const row = { section: 'plan', routers };
  const against = { what: 'reads by hand', rounds: reads };
  return [
    rowOf({
      ...row,
      what: 'plan without changes, second time',
      rounds: second,
      against,
      limit: isLarge ? { ratio: 0.35 } : undefined,
    }),
    rowOf({
      ...row,
      what: 'plan without changes, nothing cached',
      rounds: uncached,
      against,
      limit: isLarge ? { ratio: 1.3 } : undefined,
    }),
    ...(added.length === 0
      ? []
      : [
          rowOf({
            ...row,
            what: 'apply of one floating IP more',
            rounds: added,
            against: { what: 'second plan', rounds: second },
            limit: { ratio: 1.3 },
          }),
        ]),
    rowOf({
      ...row,
      what: 'processes of a second plan',
      unit: 'processes',
      rounds: processes,
      limit: routers === MIDDLE ? { most: 12 } : undefined,
    }),
    rowOf({
      ...row,
      what: 'peak memory of a second plan',
      unit: 'MB',
      rounds: peaks,
      limit: routers === LARGE ? { most: 300 } : undefined,
    }),
  ];
}
