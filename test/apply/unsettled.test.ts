import { expect, test } from 'vitest';
import { applyNetwork } from '../../src/session/apply.ts';
import { ALLOW_ALL_DELETIONS } from '../../src/session/guard.ts';
import { planNetwork } from '../../src/session/plan.ts';
import { fakeShell, ip, link } from '../codes/fake-node.ts';
import { graphOf, PLAIN } from '../codes/topologies.ts';

const NODE = { own: ip([link('lo', 1), link('eth0', 2)]) };

/** The diagnostic of an apply whose commands all succeed, print this and change nothing. */
async function unsettled(output: string) {
  const shells = new Map([['n1', fakeShell('n1', NODE, { job: () => Promise.resolve({ code: 0, output }) })]]);
  const graph = graphOf(PLAIN);
  const plan = await planNetwork(graph, shells);
  const result = await applyNetwork(graph, shells, plan, { allow: ALLOW_ALL_DELETIONS, onEvent: () => undefined });
  const [diagnostic] = result.diagnostics;
  expect(diagnostic?.code).toBe('NLA02');
  return diagnostic!;
}

test('an object that still differs is shown with its commands and what the node printed', async () => {
  const refused = await unsettled('Warning: device does not support this.\n');
  expect(refused.detail).toContain(
    [
      'n1/-/nic/eth0 (bridge differs)',
      '  ip link set dev eth0 master brq4385b194-d1',
      '  ip link set dev eth0 up',
      '  printed: Warning: device does not support this.',
    ].join('\n'),
  );
  expect(refused.hint).toContain('the node printed why');
});

test('other programs are suspected only where nothing was printed', async () => {
  const silent = await unsettled('');
  expect(silent.detail).toContain('ip link set dev eth0 master brq4385b194-d1');
  expect(silent.detail).not.toContain('printed');
  expect(silent.hint).toContain('another program may be changing the same objects');
});
