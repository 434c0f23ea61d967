import { beforeEach, describe, expect, it } from 'vitest';
import { desiredGraph, type DesiredGraph } from '../../../src/model/graph.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { scriptsOf } from '../../../src/session/scripts.ts';
import { whyNoOvs } from '../../support/node.ts';
import { shellFaults } from '../../support/shellcheck.ts';
import { snapshot, type Snapshot } from '../../support/snapshot.ts';
import { changesOf, type Network } from '../support/network.ts';
import { labOf, ownLabs } from '../support/suite.ts';
import { example } from '../support/topology.ts';

beforeEach((context) => {
  const lacking = whyNoOvs();
  context.skip(lacking !== undefined, lacking ?? '');
});

ownLabs();

/** A file that snapshots leave out. */
const FILE = '/run/e2e-plan.sh';

/** Returns the state of all nodes, but for numbers and MACs that differ whenever a device is created. */
async function snapshots(network: Network): Promise<Readonly<Record<string, Snapshot>>> {
  return network.withShells(async (shells) => {
    const states = await Promise.all(
      [...shells].map(async ([node, shell]) => [node, withoutRandom(await snapshot({ shell }))] as const),
    );
    return Object.fromEntries(states);
  });
}

/** The ids of a bridge with a random MAC, and the cache, which every read may write. */
const RANDOM = /_id=8000\.|\/run\/netloom(?:\/\.cache.*)?$/;

/** What an instance gets by DHCP comes at a time of its own. */
const LEASED = /^\/run\/netloom-guests\/\S+ (?:links|routes)$/;

function withoutRandom(state: Snapshot): Snapshot {
  const parts = Object.entries(state).filter(([part]) => !LEASED.test(part));
  return Object.fromEntries(parts.map(([part, lines]) => [part, lines.filter((line) => !RANDOM.test(line))]));
}

/** Writes the scripts of a plan to their nodes. */
async function sendScripts(network: Network, graph: DesiredGraph): Promise<readonly string[]> {
  return network.withShells(async (shells) => {
    const { plan } = await planNetwork(graph, shells);
    const scripts = await scriptsOf(plan, shells, '1.0.0');
    for (const [node, text] of scripts) {
      expect(shellFaults(text), node).toBe('');
      await shells.get(node)?.read(`cat >${FILE} <<'END_OF_FILE'\n${text}\nEND_OF_FILE\n`);
    }
    return [...scripts.keys()];
  });
}

async function runScripts(network: Network, graph: DesiredGraph): Promise<void> {
  for (const node of await sendScripts(network, graph)) await network.in(node, `sh ${FILE}`);
}

describe.each(['linuxbridge-flat', 'openvswitch-grizzly'])('the plan of %s as scripts', (name) => {
  const network = labOf(() => example('e2e-script', `${name}.yaml`), { trials: false });

  it(
    'leaves the state that an apply leaves, is refused a second time, and leads back',
    { timeout: 60_000 },
    async () => {
      const { graph } = network();
      const before = await snapshots(network());
      await network().apply();
      const applied = await snapshots(network());
      await network().destroy();
      expect(await snapshots(network())).toEqual(before);

      await runScripts(network(), graph);
      expect(await snapshots(network())).toEqual(applied);
      expect(changesOf(await network().plan())).toEqual([]);

      for (const node of network().resolved.nodes.keys()) {
        const { code, stderr } = await network().try(node, `sh ${FILE}`);
        expect(code).toBe(1);
        expect(stderr).toMatch(/no longer as it was when the plan was made:\n.* exists, and was missing\n/);
      }
      expect(await snapshots(network())).toEqual(applied);

      await runScripts(network(), desiredGraph(graph.topology, graph.nodes, []));
      expect(await snapshots(network())).toEqual(before);
    },
  );

  it('names the object of the command that fails, and leaves the rest to an apply', { timeout: 60_000 }, async () => {
    const { graph } = network();
    const [node = ''] = await sendScripts(network(), graph);
    // A program that fails once, in the last step that needs it.
    const failing = `mkdir -p /run/e2e-bin && printf '#!/bin/sh\\necho no luck >&2; exit 3\\n' >/run/e2e-bin/dnsmasq &&
      chmod +x /run/e2e-bin/dnsmasq && PATH=/run/e2e-bin:$PATH sh ${FILE}`;
    const { code, stderr } = await network().try(node, failing);
    expect(code).toBe(1);
    expect(stderr).toMatch(/step \d+ failed: .*\n {2}\S+\/process\/.*\n {2}\| no luck\n/);
    await network().in(node, '[ ! -e /run/netloom.lock ] && [ ! -e /run/netloom.script.log ]');
    await network().apply();
    expect(changesOf(await network().plan())).toEqual([]);
  });
});
