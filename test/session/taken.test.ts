import { expect, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { observeNode } from '../../src/observe/observe.ts';
import { compileHeld } from '../../src/session/compile-held.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { address, fakeShell, ip, link } from '../codes/fake-node.ts';
import { FILE, PLAIN } from '../codes/topologies.ts';
import { validTopology } from '../support/compiled.ts';

/** Two instances whose addresses are derived. */
const TWO = `${PLAIN}  vm2: { node: n1, ports: { eth0: { network: lan } } }\n`;

/** What the topology is compiled to on a node whose NIC has these addresses. */
async function compiledOn(addresses: readonly string[]) {
  const topology = validTopology(TWO, FILE);
  const { graph, resolved } = compileTopology(topology);
  if (!graph || !resolved) throw new Error('the topology does not compile');
  const addr_info = addresses.map((one) => address(one, 24, { label: 'eth0' }));
  const shell = fakeShell('n1', {
    own: ip([link('lo', 1, { flags: ['LOOPBACK', 'UP'] }), link('eth0', 2, { addr_info })]),
  });
  const view = await observeNode(shell, 'example');
  const held = compileHeld({ topology, resolved, graph }, new Map([['n1', view]]), false);
  const now = held.compiled?.graph ?? graph;
  const { diagnostics } = await planNetwork(now, new Map([['n1', shell]]));
  return {
    uses: (now.segments?.uses ?? []).map((use) => use.address),
    isFresh: held.compiled === undefined,
    collisions: diagnostics.filter(({ code }) => code === 'NLP61'),
  };
}

test('a derived address avoids those that a node has on the wire', async () => {
  const free = await compiledOn([]);
  expect(free.isFresh).toBe(true);
  const [first = '', second = ''] = free.uses;
  const one = await compiledOn([first]);
  expect(one.uses).not.toContain(first);
  expect(one.uses).toContain(second);
  expect(one.collisions).toEqual([]);
  const both = await compiledOn([first, second, ...one.uses]);
  for (const used of [first, second, ...one.uses]) expect(both.uses).not.toContain(used);
  expect(both.collisions).toEqual([]);
});

test('an address outside the network changes nothing', async () => {
  const { uses, isFresh } = await compiledOn(['198.51.100.7', '10.0.1.2']);
  expect(isFresh).toBe(true);
  expect(uses).toEqual((await compiledOn([])).uses);
});
