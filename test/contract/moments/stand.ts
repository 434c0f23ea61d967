import type { DesiredGraph } from '../../../src/model/graph.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { applyNetwork, type ApplyResult } from '../../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../../src/session/guard.ts';
import type { NodeOptions, Nodes, TestNode } from '../../support/node.ts';
import { settled, snapshot, type Snapshot } from '../../support/snapshot.ts';
import { RANDOM_MAC } from '../confirm/way-back.ts';
import { difference } from '../heal/run.ts';
import type { Stage } from './seed.ts';
import { GO_ON, lockedPlan, runBeside } from './ways.ts';

/** What strangers have on each node; netloom changes none of it, whatever happens. */
const STRANGERS = `
for name in iptables ip6tables; do echo 1 >/proc/sys/net/bridge/bridge-nf-call-$name; done
ip link add name theirs0 address 52:54:00:57:a3:c4 type bridge
ip address add 192.168.122.1/24 dev theirs0; ip link set dev theirs0 up
ip netns add theirs; ip -n theirs link set dev lo up; ip -n theirs route add blackhole 198.51.100.0/24
ip route add blackhole 198.51.100.0/24; ip rule add pref 77 from 198.51.100.7 lookup 77
iptables -N theirs; iptables -A theirs -s 198.51.100.9 -j DROP; iptables -A FORWARD -j theirs
iptables -A INPUT -s 198.51.100.9 -j DROP; iptables -t nat -A POSTROUTING -s 198.51.100.9 -j MASQUERADE
ip6tables -A FORWARD -s 2001:db8::9 -j DROP
nft 'add table inet theirs; add chain inet theirs c; add rule inet theirs c ip saddr 198.51.100.9 drop'
mkdir -p /run/theirs; echo theirs >/run/theirs/file
setsid sleep 4001001 </dev/null >/dev/null 2>&1 9<&- &
`;

/** Processes, files, and what of strangers no snapshot has. What every read may write is left out. */
const BESIDE = `
for one in /proc/[0-9]*; do tr '\\0' ' ' <"$one/cmdline" 2>/dev/null && echo; done |
  grep -vE '^$|^(sh|/bin/sh|cat|tr|grep|sort|find|-c) |perl -e|netloom: supervisor' | sort
grep -lsa 'netloom: supervisor' /proc/[0-9]*/cmdline | wc -l
find /run /tmp -xdev \\( -path /run/netloom/.cache -o -path /run/netloom-compare -o -name 'leases*' -o -path /run/lock -o -path /run/openvswitch \\
  -o -name xtables.lock -o -name '*.pid' -o -name pid \\) -prune -o -printf '%y %m %p %l\\n' | sort
nft list table inet theirs
`;

/** A seed's nodes, and how an apply ends on them. */
export class Stand {
  readonly nodes: readonly TestNode[];

  private constructor(nodes: readonly TestNode[]) {
    this.nodes = nodes;
  }

  /** Opens the nodes of a seed, with their NICs, their guests' namespaces, and strangers. */
  static async open(
    nodes: Nodes,
    stages: readonly Stage[],
    options: Pick<NodeOptions, 'ovs' | 'limitMs'>,
  ): Promise<Stand> {
    const graphs = stages.map(({ graph }) => graph);
    const names = new Set(graphs.flatMap((graph) => graph.nodes));
    const resources = graphs.flatMap((graph) => [...graph.resources.values()]);
    const open = [...names].map(async (name, index) => {
      const node = await nodes.open({ ...options, name });
      for (const nic of [0, 1, 2]) await node.nic(`eth${String(nic)}`, `00:0c:29:c2:0${String(index)}:0${String(nic)}`);
      const guests = resources.flatMap(({ node: on, netns }) => (on === name && netns?.startsWith('/') ? [netns] : []));
      for (const path of new Set(guests)) await node.guest(path);
      await node.sh(STRANGERS);
      return node;
    });
    return new Stand(await Promise.all(open));
  }

  get shells(): Shells {
    return new Map(this.nodes.map((node) => [node.name, node.shell]));
  }

  /** Its nodes are an ordinary user's. */
  get rootless(): boolean {
    return this.nodes.some(({ shell }) => shell.rootless);
  }

  private node(name: string): TestNode {
    const found = this.nodes.find((node) => node.name === name);
    if (!found) throw new Error(`no node ${name}`);
    return found;
  }

  /** Opens new shells on all nodes; what runs there goes on. */
  async reopen(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.reopen()));
  }

  /** Applies as `apply --yes` does: it waits for the locks, reads, and rolls back if it fails. */
  async apply(graph: DesiredGraph): Promise<ApplyResult> {
    const { shells } = this;
    const options = { allow: ALLOW_ALL_DELETIONS, rollback: true, onEvent: () => undefined };
    return applyNetwork(graph, shells, await lockedPlan(graph, shells), options);
  }

  /** Applies a graph, which must succeed. */
  async reach(graph: DesiredGraph): Promise<void> {
    const { ok, diagnostics } = await this.apply(graph);
    if (!ok) throw new Error(diagnostics.map((one) => `${one.code}: ${one.summary} ${one.detail ?? ''}`).join('\n'));
  }

  /** Runs a script on a node beside all its shells. */
  async beside(name: string, script: string): Promise<void> {
    await runBeside(this.node(name).entry, script);
  }

  /** Lets scripts go on that wait on the nodes for an apply to end. */
  async goOn(): Promise<void> {
    await Promise.all(this.nodes.map(({ entry }) => runBeside(entry, GO_ON)));
  }

  /** Returns the state of all nodes, with what is beside it. */
  async state(): Promise<ReadonlyMap<string, Snapshot>> {
    return new Map(
      await Promise.all(
        this.nodes.map(async (node) => [node.name, { ...(await snapshot(node)), ...(await beside(node)) }] as const),
      ),
    );
  }

  /** Returns what differs from a state, as soon as nothing does, or after a while. */
  async differs(wanted: ReadonlyMap<string, Snapshot>): Promise<readonly string[]> {
    const found = await Promise.all(
      this.nodes.map(async (node) => {
        const { beside: around = [], ...state } = wanted.get(node.name) ?? {};
        let now = await settled(node, state, 0);
        let left = await beside(node);
        for (let i = 0; i < 8 && differing(state, around, now, left).length > 0; i += 1) {
          now = await settled(node, state, 100);
          left = await beside(node);
        }
        return differing(state, around, now, left).map((line) => `${node.name} ${line}`);
      }),
    );
    return found.flat();
  }
}

async function beside(node: TestNode): Promise<{ readonly beside: string[] }> {
  return { beside: (await node.sh(BESIDE)).split('\n') };
}

function differing(
  state: Snapshot,
  around: readonly string[],
  now: Snapshot,
  left: { readonly beside: string[] },
): readonly string[] {
  const lines = difference(state, now).filter((line) => !RANDOM_MAC.test(line));
  return [...lines, ...difference({ beside: [...around] }, left)];
}
