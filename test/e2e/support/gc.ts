import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../src/topology/types.gen.ts';
import { desiredGraph } from '../../../src/model/graph.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { whyNoOvs } from '../../support/node.ts';
import { expectSame, works } from './expectations.ts';
import { changesOf, Network } from './network.ts';
import { installNetloom, netloomOn } from './program.ts';
import { snapshots } from './snapshot.ts';
import { labOf } from './suite.ts';
import { docOf } from './topology.ts';

/** A topology to test: the node that has objects of another topology too, and whether the nodes have Open vSwitch. */
interface Case {
  readonly make: () => Topology;
  readonly beside: string;
  readonly hasSwitch?: boolean;
  /** A script run on the nodes first. It sets what netloom sets on a node and does not reset (destroy lists it). */
  readonly prepare?: string;
}

/** Defines the tests of gc for one topology. netloom runs on the nodes of a lab as on any host. */
export function triesGc(title: string, { make, beside, hasSwitch = false, prepare = ':' }: Case): void {
  describe.skipIf(hasSwitch && whyNoOvs() !== undefined)(title, () => {
    const network = labOf(make, { trials: false });
    const name = (): string => network().doc.name;
    const nodes = (): readonly string[] => [...network().resolved.nodes.keys()];
    let other: Network;
    const texts: Record<'bare' | 'others' | 'all', Record<string, string>> = { bare: {}, others: {}, all: {} };

    const gc = async (node: string, ...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await netloomOn(network(), node, 'gc', ...args);
      expect(code, `on ${node}: ${stderr}`).toBe(0);
      return args.includes('--json') ? stdout : stdout + stderr;
    };

    beforeAll(async () => {
      await installNetloom(network());
      for (const node of nodes()) await network().in(node, prepare);
      texts.bare = await snapshots(network());
      for (const node of nodes()) await network().in(node, foreignObjects(hasSwitch).make);
      other = Network.beside(network(), docOf(second(beside)));
      await other.apply();
      texts.others = await snapshots(network());
      await network().apply();
      await works(network());
      texts.all = await snapshots(network());
    });

    it('gc --dry-run lists every object and changes nothing', async () => {
      const emptyGraph = desiredGraph(network().doc.name, nodes(), []);
      const { plan } = await network().withShells((shells) => planNetwork(emptyGraph, shells));
      for (const node of nodes()) {
        const lines = (await gc(node, '--dry-run', '--json')).trim().split('\n');
        const documents = lines.map((line) => JSON.parse(line) as Line);
        const [listed] = documents.filter(({ type, topology }) => type === 'plan' && topology === name());
        const there = plan.changes.filter((change) => change.node === node);
        expect(there.length).toBeGreaterThan(0);
        expect(listed?.changes?.map(({ address }) => address.replace('localhost/', `${node}/`))).toEqual(
          there.map(({ address }) => address),
        );
        const found = documents.find(({ type }) => type === 'found');
        expect(found?.topologies?.map(({ topology }) => topology)).toEqual(
          node === beside ? [name(), OTHER] : [name()],
        );
      }
      expectSame(texts.all, await snapshots(network()));
    });

    it('gc reports a mark that names no topology, and does not use it', async () => {
      const said = await gc(beside, '--dry-run');
      expect(said).toContain('link stranger1 has a mark that names no topology: "../../etc;reboot"');
      expect(said).not.toMatch(/^Topology \.\./m);
    });

    it('gc --yes without a topology deletes nothing', async () => {
      for (const args of [[], ['--yes'], ['--json']])
        expect((await netloomOn(network(), beside, 'gc', ...args)).code).toBe(1);
      expectSame(texts.all, await snapshots(network()));
    });

    it('gc --yes --topology deletes the topology, and leaves another topology and foreign objects', async () => {
      for (const node of nodes()) {
        const said = await gc(node, '--yes', '--topology', name(), '--brief');
        expect(said).toContain('No changes. Nothing of the topology is left.');
      }
      expectSame(texts.others, await snapshots(network()));
      expect(changesOf(await other.plan())).toEqual([]);
    });

    it('a second gc finds nothing of the topology', async () => {
      for (const node of nodes()) {
        const said = await gc(node, '--dry-run');
        expect(said).not.toContain(`${name()} `);
        if (node !== beside) expect(said).toContain('No object here has the mark of a topology.');
        expect(await gc(node, '--yes', '--topology', name())).toContain('no object to remove');
      }
    });

    it('gc --yes --all deletes the other topology, and leaves foreign objects', async () => {
      for (const node of nodes()) {
        await gc(node, '--yes', '--all');
        await network().in(node, foreignObjects(hasSwitch).remove);
        expect(await gc(node)).toBe('No object here has the mark of a topology.\n');
      }
      expectSame(texts.bare, await snapshots(network()));
    });
  });
}

/** The part of a line of `gc --json` that the tests use. */
interface Line {
  readonly type: string;
  readonly topology?: string;
  readonly changes?: readonly { readonly address: string }[];
  readonly topologies?: readonly { readonly topology: string }[];
}

const OTHER = 'e2e-other';

/** Foreign objects on a node, and one with a false mark. */
function foreignObjects(hasSwitch: boolean): { readonly make: string; readonly remove: string } {
  return {
    make: `set -e; ip link add stranger0 type bridge; ip link set dev stranger0 alias 'somebody:netloom'
    ip link add stranger1 type bridge; ip link set dev stranger1 alias 'netloom:../../etc;reboot'
    ip netns add theirs; ip -n theirs link add tapX type veth peer name tapY
    ${hasSwitch ? 'ovs-vsctl add-br stranger2 -- set Bridge stranger2 datapath_type=netdev' : ':'}`,
    remove: `set -e; ip link del dev stranger0; ip link del dev stranger1; ip netns del theirs
    ${hasSwitch ? 'ovs-vsctl del-br stranger2' : ':'}`,
  };
}

/** Another topology, on the management NIC of a node of the first. */
function second(node: string): string {
  return `
name: ${OTHER}
physical_networks: { own: {} }
nodes:
  ${node}: { mechanism: linuxbridge, reach: { via: lab }, nics: { eth0: { physical_network: own } } }
networks:
  own: { physical_network: own, subnets: { own-subnet: { cidr: 10.77.0.0/24 } } }
routers:
  own-router: { node: ${node}, interfaces: { own-subnet: {} } }
`;
}
