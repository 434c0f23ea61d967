import { join } from 'node:path';
import { withNetwork } from '../network.mjs';
import { runNeutron, unpackNeutron } from '../peers/neutron.mjs';
import { routersAsNeutronSendsThem } from '../peers/routers.mjs';
import { rowOf } from '../rows.mjs';
import { netloom, root } from '../run.mjs';

const { resolveTopology } = await import(join(root, 'dist/resolve/resolve.js'));

const AGENT = "Neutron's L3 agent";

/**
 * Measures Neutron's own code on the same routers, in the same rounds. Of netloom it is the whole process; of Neutron
 * only what an agent does that runs and knows its routers.
 * @param {import('../sections.mjs').Options} options
 */
export async function measurePeers({ sizes = [10], rounds, say }) {
  say("unpacking Debian's python3-neutron");
  unpackNeutron();
  /** @type {import('../rows.mjs').Row[]} */
  const rows = [];
  for (const routers of sizes) {
    /** @type {{what: string, rounds: number[], agent: number[], step: 'create' | 'resync' | 'delete'}[]} */
    const steps = [
      { what: 'apply (create)', rounds: [], agent: [], step: 'create' },
      { what: 'plan without changes (resync)', rounds: [], agent: [], step: 'resync' },
      { what: 'destroy (delete)', rounds: [], agent: [], step: 'delete' },
    ];
    await withNetwork(routers, ({ topology, file }) => {
      const sent = routersAsNeutronSendsThem(resolveTopology(topology).resolved);
      const commands = [
        ['apply', '--lab', '--yes', file],
        ['plan', '--lab', '--detailed-exitcode', file],
        ['destroy', '--lab', '--yes', file],
      ];
      for (let round = 1; round <= rounds; round += 1) {
        say(`${AGENT}, ${routers} routers, round ${round} of ${rounds}`);
        const agent = runNeutron(sent);
        for (const [at, step] of steps.entries()) {
          step.agent.push(agent[step.step]);
          step.rounds.push(netloom(commands[at] ?? []));
        }
      }
    });
    rows.push(
      ...steps.map(({ what, rounds: times, agent }) =>
        rowOf({ section: 'peers', what, routers, rounds: times, against: { what: AGENT, rounds: agent } }),
      ),
    );
  }
  return rows;
}
