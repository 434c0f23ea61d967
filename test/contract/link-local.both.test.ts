import { beforeAll, describe, expect, test } from 'vitest';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { byMechanism } from '../support/mechanism.ts';
import { compiled } from '../support/compiled.ts';
import { applyOn, inShort, planOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { nameOf, portOf } from './floating.ts';
import { healTopology, prepare } from './heal/network.ts';

const nodes = testNodes('ip', 'iptables', 'dnsmasq');
const graph: DesiredGraph = compiled(healTopology({ tun: false, release: 'zed' })).graph;
const D = nameOf(graph, 'netns', 'qdhcp-');
const NS = portOf(graph, byMechanism({ linuxbridge: 'ns-', openvswitch: 'tap' }))?.name ?? '';
const OURS = 'fe80::a9fe:a9fe/64';

const MENDED: readonly (readonly [what: string, script: string])[] = [
  ['it is missing', `ip -n ${D} addr del ${OURS} dev ${NS}`],
  ['IPv6 is turned off on its device', `nsenter --net=/run/netns/${D} sysctl -qw net/ipv6/conf/${NS}/disable_ipv6=1`],
  ['IPv6 is turned off in its namespace', `nsenter --net=/run/netns/${D} sysctl -qw net/ipv6/conf/all/disable_ipv6=1`],
  ['its device is down', `ip -n ${D} link set ${NS} down`],
  ['another one exists', `ip -n ${D} addr add fe80::77/64 dev ${NS}`],
];

const NONE_OF_OURS: readonly (readonly [what: string, script: string])[] = [
  [
    'it is missing',
    `ip -n ${D} -6 addr show dev ${NS} | sed -n 's/.*inet6 \\(.*ff:fe.*\\) scope.*/\\1/p' |
       while read a; do ip -n ${D} addr del $a dev ${NS}; done`,
  ],
  ['one of another MAC exists', `ip -n ${D} addr add fe80::f816:3eff:fe77:7777/64 dev ${NS}`],
]; // prettier-ignore

describe('the link-local metadata address beside a DHCP server', () => {
  let node: TestNode;
  const linkLocal = async (): Promise<string> => node.sh(`ip -n ${D} -6 -o addr show dev ${NS}`);

  beforeAll(async () => {
    node = await nodes.open();
    await prepare(node, graph);
    await applyOn(node, graph);
  });

  test('exists beside the kernel’s link-local address from the start', async () => {
    await expect.poll(linkLocal).toMatch(/ff:fe/);
    expect(await linkLocal()).toContain(OURS);
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test.each(MENDED)('%s: one apply repairs it', async (_what, script) => {
    await node.sh(`set -e\n${script}`);
    expect((await applyOn(node, graph)).batches.length).toBeGreaterThan(0);
    expect(await linkLocal()).toContain(OURS);
    expect(await linkLocal()).not.toContain('fe80::77/');
    expect((await applyOn(node, graph)).batches).toEqual([]);
  });

  test.each(NONE_OF_OURS)('the kernel’s address: %s, and nothing is done', async (_what, script) => {
    await node.sh(`set -e\n${script}`);
    expect(inShort((await planOn(node, graph)).plan.changes)).toEqual([]);
  });

  test('alone is deleted when it is no longer desired', async () => {
    const without = new Map([...graph.resources].filter(([, { name }]) => !name.startsWith(OURS)));
    await applyOn(node, { ...graph, resources: without });
    expect(await linkLocal()).not.toContain(OURS);
    expect(await linkLocal()).toContain('fe80::f816:3eff:fe77:7777');
    await applyOn(node, graph);
    expect(await linkLocal()).toContain(OURS);
  });
});
