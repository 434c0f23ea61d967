import { beforeAll, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { stateOf } from '../../src/render/show/state.ts';
import { byMechanism } from '../support/mechanism.ts';
import { applyOn, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot, type Snapshot } from '../support/snapshot.ts';
import { nameOf, portOf } from './floating.ts';
import { healTopology, prepare } from './heal/network.ts';
import { compiled } from '../support/compiled.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq');
const graph: DesiredGraph = compiled(healTopology({ tun: false, release: 'zed' })).graph;
const R = nameOf(graph, 'netns', 'qrouter-');
const [QR = '', QG = ''] = ['qr-', 'qg-'].map((prefix) => portOf(graph, prefix)?.name);
const nat = (words: string): string => `nsenter --net=/run/netns/${R} iptables -t nat ${words}`;
const FOREIGN = '-s 99.0.0.0/8 -m comment --comment theirs -j MASQUERADE';

/**
 * Drifts of a running Neutron router. Its agent repaired 6 of these while it ran, 6 more on a restart, and 4 never.
 */
const MENDED: readonly (readonly [what: string, script: string])[] = [
  ['a floating IP’s address is missing', `ip -n ${R} addr del 203.0.113.20/32 dev ${QG}`],
  [
    'a DNAT rule is missing',
    nat('-D neutron-l3-agent-PREROUTING -d 203.0.113.20/32 -j DNAT --to-destination 10.0.0.5'),
  ],
  ['a foreign rule in a chain of ours', nat('-I neutron-l3-agent-PREROUTING -s 99.0.0.0/8 -j ACCEPT')],
  ['the nat table is empty', nat('-F')],
  ['an additional /32 on the gateway', `ip -n ${R} addr add 203.0.113.77/32 dev ${QG}`],
  [
    'a leftover device of a deleted interface',
    byMechanism({
      linuxbridge: `ip -n ${R} link add qr-stale type veth peer name tapstale netns $$
        ip link set tapstale alias netloom:demo; ip -n ${R} link set qr-stale alias netloom:demo up`,
      openvswitch: `ovs-vsctl add-port br-int qr-stale -- set Interface qr-stale type=internal \\
          external_ids:netloom=demo external_ids:netloom-netns=${R}
        ip link set dev qr-stale netns ${R}; ip -n ${R} link set qr-stale alias netloom:demo up`,
    }),
  ],
  ['the gateway’s address is missing', `ip -n ${R} addr del 203.0.113.10/24 dev ${QG}`],
  ['the default route is missing', `ip -n ${R} route del default`],
  ['an interface’s address is missing', `ip -n ${R} addr del 10.0.0.1/24 dev ${QR}`],
  ['forwarding is turned off', `nsenter --net=/run/netns/${R} sh -c 'echo 0 >/proc/sys/net/ipv4/ip_forward'`],
  ['an additional /24 on an interface', `ip -n ${R} addr add 10.77.0.1/24 dev ${QR}`],
  ['an interface’s device is missing', `ip -n ${R} link del ${QR}`],
  ['an interface is down', `ip -n ${R} link set ${QR} down`],
  ['an interface has another MAC', `ip -n ${R} link set ${QR} address fa:16:3e:77:77:77`],
];

const LEFT_ALONE: readonly (readonly [what: string, script: string, told: string])[] = [
  [
    'an unknown route',
    `ip -n ${R} route add 172.30.0.0/16 via 10.0.0.9`,
    `route 172.30.0.0/16 via 10.0.0.9 dev ${QR} proto boot (takes the traffic to 172.30.0.0/16)`,
  ],
  [
    'a foreign rule in POSTROUTING',
    nat(`-A POSTROUTING ${FOREIGN}`),
    `iptables -t nat -A POSTROUTING ${FOREIGN} (changes the source of packets)`,
  ],
];

describe('the drifts that were tested on Neutron', () => {
  let node: TestNode;
  let whole: Snapshot;

  beforeAll(async () => {
    node = await nodes.open();
    await prepare(node, graph);
    await applyOn(node, graph);
    whole = await snapshot(node);
  });

  test.each(MENDED)('%s: one apply repairs it', async (_what, script) => {
    await node.sh(`set -e\n${script}`);
    expect((await applyOn(node, graph)).batches.length).toBeGreaterThan(0);
    expect(await settled(node, whole, 1200)).toEqual(whole);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test.each(LEFT_ALONE)('%s: left alone, and shown', async (_what, script, told) => {
    await node.sh(`set -e\n${script}`);
    expect((await applyOn(node, graph)).batches).toEqual([]);
    const { observed } = await planOn(node, graph);
    const [state] = stateOf(['node1'], observed);
    expect(state?.namespaces.find(({ name }) => name === R)?.foreign).toContain(told);
  });
});
