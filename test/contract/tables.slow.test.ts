import { beforeAll, describe, expect, test } from 'vitest';
import { encodeState } from '../../src/snapshot/encode.ts';
import type { NamespaceTables } from '../../src/model/state.ts';
import { readTables } from '../../src/observe/tables.ts';
import { mismatches } from '../support/json-outputs.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { graphFor, nameOf, standing } from './regress/support.ts';

const nodes = testNodes('ip', 'iptables');
const graph = graphFor();
const ROUTER = nameOf(graph, 'netns', 'qrouter-');

/** What foreign programs have in a namespace; `lo` gets traffic that is counted. */
const FOREIGN = `
nft add table inet zz
nft 'add set inet zz s { type ipv4_addr; flags dynamic,timeout; timeout 1h; }'
nft 'add chain inet zz c { type filter hook input priority 0; }'
nft add rule inet zz c counter accept
nft add rule inet zz c ip saddr 127.0.0.1 update @s '{ ip saddr }'
nft add table ip aa
nft 'add chain ip aa c { type filter hook output priority 5; }'
nft add rule ip aa c counter
ip link set lo up
ip rule add from 192.0.2.7 lookup 77 priority 4242
ip route add 198.51.100.0/24 dev lo table 77
ip -6 route add 2001:db8:7::/64 dev lo expires 600
ip link add zz0 type veth peer name zz1; ip link set zz0 up; ip link set zz1 up
ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev zz0 nud permanent
ip neigh add 192.0.2.10 lladdr 02:00:00:00:00:0a dev zz0 nud reachable
ip link add br7 type bridge; ip link set zz0 master br7; bridge fdb add 02:00:00:00:00:0b dev zz0 master static
ping -c 2 -i 0.2 127.0.0.1 >/dev/null`;

describe('the tables that are recorded of a node', () => {
  let node: TestNode;
  const read = (): Promise<readonly NamespaceTables[]> => readTables(node.shell, graph.topology);
  const of = async (name: string | null): Promise<NamespaceTables | undefined> =>
    (await read()).find(({ netns }) => netns === name);

  beforeAll(async () => {
    node = await standing(nodes, graph);
    await node.sh(`ip netns add theirs; ip netns exec ${ROUTER} sh -ec "$(cat <<'EOT'\n${FOREIGN}\nEOT\n)"
      for enter in '' 'ip netns exec ${ROUTER}'; do
        n=0; while [ -n "$($enter ip -6 addr show tentative)" ] && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
      done`);
  });

  test('are those of the node and of its own namespaces, not of foreign ones', async () => {
    const names = (await read()).map(({ netns }) => netns);
    expect(names).toContain(null);
    expect(names).toContain(ROUTER);
    expect(names).not.toContain('theirs');
    expect(names.filter((name) => name?.startsWith('/'))).toEqual([]);
  });

  test('have what foreign programs added', async () => {
    const { nftables, rules = [], routes = [], neighbours = [], fdb = [] } = (await of(ROUTER)) ?? {};
    const tables = (nftables ?? []).filter((line) => line.startsWith('table '));
    expect(tables).toEqual([...tables].sort());
    expect(tables).toEqual(expect.arrayContaining(['table inet zz {', 'table ip aa {', 'table ip nat {']));
    expect(rules).toContain('4242: from 192.0.2.7 lookup 77');
    expect(routes).toContain('198.51.100.0/24 dev lo table 77 scope link');
    expect(routes.filter((line) => line.startsWith('2001:db8:7::/64'))).toHaveLength(1);
    expect(neighbours).toEqual(['192.0.2.9 dev zz0 lladdr 02:00:00:00:00:09 PERMANENT']);
    expect(fdb.filter((line) => line.startsWith('02:00:00:00:00:0b'))).toHaveLength(1);
  });

  test('are the same after traffic and after a while', async () => {
    const before = await read();
    await node.sh(`ip netns exec ${ROUTER} ping -c 3 -i 0.4 127.0.0.1 >/dev/null`);
    expect(await read()).toEqual(before);
  });

  test('fit the schema of a state', async () => {
    const state = {
      topology: graph.topology,
      nodes: new Map([['node1', { objects: [], facts: new Map(), tables: await read() }]]),
    };
    const text = encodeState(state, { version: '1.0.0', time: new Date(0) }, new Set());
    expect(mismatches('state', JSON.parse(text))).toEqual([]);
  });

  test('a node without nft(8) has none of nftables', async () => {
    await node.sh('mount -o bind /etc/hostname /usr/sbin/nft');
    try {
      expect((await of(null))?.nftables).toBeNull();
    } finally {
      await node.sh('umount /usr/sbin/nft');
    }
  });

  test('an nft(8) that fails is an error', async () => {
    await node.sh('mount -o bind /bin/false /usr/sbin/nft');
    try {
      await expect(read()).rejects.toThrow('NLO01');
    } finally {
      await node.sh('umount /usr/sbin/nft');
    }
  });
});
