import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adaptedToNodes, factsOf } from '../../src/diff/adapt.ts';
import { conformingObjects } from '../../src/diff/conforming.ts';
import { changesBetween } from '../../src/diff/diff.ts';
import { file } from '../../src/kinds/file/spec.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Plan } from '../../src/model/plan.ts';
import { UnusableState } from '../../src/snapshot/decode.ts';
import { decodeRun, runDocument, runLog, type RunBeginning, type RunEnding } from '../../src/snapshot/run-details.ts';
import { batch, plan } from '../render/plan/make.ts';
import { compiled } from '../support/compiled.ts';
import { ORIGIN } from '../support/engine.ts';
import { viewOf } from '../support/view.ts';

const FACTS = factsOf(viewOf('n1', []));
const { graph: compiledGraph } = compiled(readFileSync('topologies/linuxbridge-flat.yaml', 'utf8'));
const graph = adaptedToNodes(compiledGraph, new Map(compiledGraph.nodes.map((node) => [node, FACTS])));
const SIDES = { from: 'before', to: 'after' };

function textOf(beginning: RunBeginning, ending: RunEnding): string {
  const document = runDocument(beginning);
  return document.beginning.toString() + document.ending(ending).toString();
}

/** A plan that creates a network, one that deletes it, and one that changes all that both have. */
const EMPTY = desiredGraph(graph.topology, graph.nodes, []);
const NONE = { rounds: [], diagnostics: [] };
const PLANS: readonly (readonly [string, Plan])[] = [
  ['creates', plan([...changesBetween([], graph, SIDES).changes])],
  ['deletes', plan([...changesBetween(conformingObjects(graph), EMPTY, SIDES).changes])],
  ['changes nothing of', plan([])],
];

test.each(PLANS)('a run that %s a network is read as it was', (_, its) => {
  const text = textOf({ source: { file: 'x' }, plan: its, before: '{…}' }, { ...NONE, after: 'b' });
  expect(decodeRun(text)).toEqual(
    JSON.parse(
      JSON.stringify({
        ...NONE,
        source: { file: 'x' },
        plan: its,
        before: '{…}',
        after: 'b',
        type: 'run',
        format_version: '2.0',
      }),
    ),
  );
});

test('what both a change and its object say is written once, and so is each origin', () => {
  const [, its] = PLANS[0] ?? ['', plan([])];
  const text = textOf({ plan: its, before: '' }, NONE);
  expect(text.length).toBeLessThan(JSON.stringify(its).length * 0.7);
  expect(text.split('"range"').length).toBeLessThan(60);
});

test('the batches of its plan are numbers in its rounds, and those of a repair are whole', () => {
  const [first, repair] = [batch(0, ['n1/-/bridge/brqa']), batch(0, ['n1/-/bridge/brqb'])];
  const its = { ...plan([]), batches: [first] };
  const log = runLog();
  log.onEvent({ type: 'round-start', round: 1, plan: its });
  log.onEvent({ type: 'batch-start', batch: first });
  log.onEvent({ type: 'batch-done', batch: first, milliseconds: 3.2 });
  log.onEvent({ type: 'round-start', round: 2, plan: { ...its, batches: [repair] } });
  const text = textOf({ plan: its, before: '' }, { ...NONE, rounds: log.rounds() });
  expect(text.split('brqa')).toHaveLength(JSON.stringify(first).split('brqa').length);
  expect(decodeRun(text).rounds).toEqual([
    { what: 'apply', batches: [{ ...first, outcome: 'done', milliseconds: 3, exit_code: 0 }] },
    { what: 'apply', batches: [{ ...repair, outcome: 'not-begun' }] },
  ]);
});

test('no secret of a file is in it, neither in the change nor in a command', () => {
  const secret = desiredGraph('demo', ['n1'], [file('n1', '/run/netloom/demo/x', 'hunter2', ORIGIN, '600')]);
  const { changes } = changesBetween([], secret, SIDES);
  const write = { tool: 'write', path: '/run/x', content: 'hunter2', mode: '600' } as const;
  const mine = { ...batch(0, ['n1/-/file/x']), steps: [{ address: 'n1/-/file/x' as never, command: write }] };
  const repair = { ...mine, steps: [...mine.steps] };
  const ran = (its: typeof mine) => ({ what: 'apply' as const, batches: [{ ...its, outcome: 'done' as const }] });
  const its = { ...plan([...changes]), batches: [mine] };
  const text = textOf({ plan: its, before: '' }, { ...NONE, rounds: [ran(mine), ran(repair)] });
  expect(text).toContain('sensitive');
  expect(text).not.toContain('hunter2');
});

test('one that was edited is refused', () => {
  const text = textOf({ plan: plan([]), before: 'a' }, { ...NONE, after: 'b' });
  expect(() => decodeRun(text.replace('"after":"b"', '"after":"c"'))).toThrow(UnusableState);
  expect(() => decodeRun(text.replace('"before":"a"', '"before":"c"'))).toThrow(UnusableState);
});
