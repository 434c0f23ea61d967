import { describe, expect, test } from 'vitest';
import { execute } from '../../../src/apply/execute.ts';
import { failureOf } from '../../../src/apply/failure.ts';
import { bridge } from '../../../src/kinds/bridge/spec.ts';
import { chain } from '../../../src/kinds/chain/spec.ts';
import { netns } from '../../../src/kinds/netns/spec.ts';
import { DiagnosticError } from '../../../src/model/diagnostic.ts';
import { desiredGraph, type DesiredGraph } from '../../../src/model/graph.ts';
import type { Shell } from '../../../src/model/host.ts';
import type { Batch, Step } from '../../../src/model/plan.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { planNetwork } from '../../../src/session/plan.ts';
import { graphOf, ORIGIN, planOn } from '../../support/engine.ts';
import { whyNoRootless, testNodes } from '../../support/node.ts';
import { becomes, outcome, replaceProgram, said } from './support.ts';

const nodes = testNodes('ip', 'iptables');

function step(name: string, ...words: readonly string[]): Step {
  return { address: `node1/-/bridge/${name}`, command: { tool: 'ip', netns: null, words } };
}

function ipBatch(steps: readonly Step[]): Batch {
  return { id: 0, node: 'node1', netns: null, lane: 'ip', steps, after: [] };
}

describe('a line that ip can’t parse, without its number in the message', () => {
  const ORIGINS = graphOf(['br1', 'br2'].map((name) => bridge('node1', name, {}, { path: `networks.${name}` })));
  const batch = ipBatch([
    step('br1', 'link', 'add', 'name', 'br1', 'type', 'bridge'),
    step('br2', 'link', 'add', 'name', 'br2', 'type', 'bridge', 'forward_delay', 'soon'),
    step('br3', 'link', 'set', 'dev', 'br1', 'up'),
  ]);

  test.each([
    ['Error: argument "soon" is wrong: invalid forward_delay\n@part 0 255'],
    ['Error: something that repeats no word of any line.\n@part 0 255'],
  ])('is not reported as the first one: %s', (output) => {
    const failure = failureOf(batch, { text: '', parts: [batch.steps] }, { code: 1, output }, ORIGINS);
    expect(failure.summary).not.toContain('br1');
    expect(failure.summary).toContain(output.split('\n')[0]);
    expect(failure.place?.command ?? '').not.toContain('br1');
    expect(failure.detail).toContain('br2');
  });

  test('is the numbered one, if the message has a number', () => {
    const output = 'RTNETLINK answers: File exists\nCommand failed -:3\n@part 0 1';
    const failure = failureOf(batch, { text: '', parts: [batch.steps] }, { code: 1, output }, ORIGINS);
    expect(failure.summary).toContain('br3');
  });

  test('is reported on a node', async () => {
    const node = await nodes.open();
    const plan = { topology: 'demo', changes: [], groups: [], batches: [batch], owned: 0, foreign: [], leftOut: [] };
    const [failure] = await execute(plan, ORIGINS, node.shells, () => undefined);
    expect(failure?.summary).not.toContain('node1/-/bridge/br1');
    expect(said([failure!])).toContain('soon');
  });
});

test('a failure on one node is reported although another became unreachable', async () => {
  const [one, two] = [await nodes.open({ iptables: 'nft' }), await nodes.open({ name: 'node2' })];
  await replaceProgram(one, 'iptables-restore', 'cat >/dev/null; echo "iptables-restore: as it pleases" >&2; exit 4');
  const wanted = ['node1', 'node2'].flatMap((node) => [
    netns(node, 'qrouter-1', ORIGIN),
    chain({ node, netns: 'qrouter-1', family: 4, table: 'nat', chain: 'neutron-a' }, ['-j RETURN'], ORIGIN),
  ]);
  const graph: DesiredGraph = desiredGraph('demo', ['node1', 'node2'], wanted);
  const gone = (): never => {
    throw new DiagnosticError([
      { code: 'NLH005', severity: 'error', summary: 'The connection to node node2 ended', place: { node: 'node2' } },
    ]);
  };
  let left = false;
  const leaving: Shell = {
    node: 'node2',
    pid: two.shell.pid,
    rootless: two.shell.rootless,
    read: (script) => (left ? Promise.resolve().then(gone) : two.shell.read(script)),
    job: () => {
      left = true;
      return Promise.resolve().then(gone);
    },
    lock: () => two.shell.lock(),
    unlock: () => two.shell.unlock(),
    close: () => two.shell.close(),
  };
  const shells: Shells = new Map([...one.shells, ['node2', leaving]]);
  const { ok, diagnostics } = await outcome(graph, shells, await planNetwork(graph, shells));
  expect({ ok, diagnostics }).not.toSettle();
  expect(diagnostics.map(({ code, place }) => `${code} ${place?.node ?? ''}`)).toEqual(
    expect.arrayContaining(['NLA01 node1', 'NLH005 node2']),
  );
  expect(said(diagnostics)).toContain('as it pleases');
});

describe('many rules', () => {
  const RULES = Array.from(
    { length: 450 },
    (_, i) =>
      `-s 10.${i >> 8}.${i & 255}.0/24 -m comment --comment "A rule of a length as they have it, number ${i}." -j ` +
      'RETURN',
  );
  const of = (rules: readonly string[]): DesiredGraph =>
    graphOf([
      netns('node1', 'qrouter-1', ORIGIN),
      chain({ node: 'node1', netns: 'qrouter-1', family: 4, table: 'nat', chain: 'neutron-a' }, rules, ORIGIN),
    ]);

  test.for([false, true])(
    'are restored in one piece, or in several for an unprivileged user (rootless: %s)',
    async (rootless, context) => {
      const reason = rootless ? whyNoRootless() : undefined;
      context.skip(reason !== undefined, reason);
      const node = await nodes.open({ rootless, iptables: 'nft' });
      await replaceProgram(node, 'iptables-restore', 'tee -a /run/restored | $real "$@"');
      for (const rules of [RULES, []]) {
        await becomes(node, of(rules));
        const commits = Number(await node.sh('grep -c ^COMMIT /run/restored; rm /run/restored'));
        if (rootless) expect(commits).toBeGreaterThan(rules.length === 0 ? 0 : 1);
        else expect(commits).toBe(1);
      }
    },
  );

  test('with one invalid among them leave the chain as it was', async () => {
    const node = await nodes.open();
    await becomes(node, of(RULES.slice(0, 3)));
    const rules = (): Promise<string> =>
      node.sh('nsenter --net=/run/netns/qrouter-1 iptables -t nat -S neutron-a | head -n 5');
    const before = await rules();
    const wrong = of([...RULES.slice(3, 300), '-j SNAT --to-source 192.0.2.1 --no-such-option']);
    const { ok, diagnostics } = await outcome(wrong, node.shells, await planOn(node, wrong));
    expect({ ok, diagnostics }).not.toSettle();
    expect(said(diagnostics)).toContain('no-such-option');
    expect(await rules()).toBe(before);
  });
});
