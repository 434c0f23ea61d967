import { expect, test } from 'vitest';
import { paint } from '../../../src/render/colour.ts';
import { eventJson, versionLine } from '../../../src/render/events/json.ts';
import { objectsOf } from '../../../src/render/events/objects.ts';
import { eventLines, progressLine } from '../../../src/render/events/text.ts';
import type { Subject } from '../../../src/model/subject.ts';
import { watchLine } from '../../../src/render/events/watch.ts';
import { batch, change, plan } from '../plan/make.ts';

const colours = paint(false);
const changes = [
  change({ netns: 'qrouter-1', kind: 'address', name: 'a', action: 'create', path: 'routers.r1' }),
  change({ netns: 'qrouter-1', kind: 'address', name: 'b', action: 'create', path: 'floating_ips.f1' }),
  change({
    netns: 'qrouter-1',
    kind: 'chain',
    name: 'c',
    action: 'create',
    path: 'routers.r1',
    spec: { rules: ['-j a', '-j b'] },
  }),
];
const work = batch(3, [...changes.map((c) => c.address), 'n1/-/netns/qrouter-1'], 'qrouter-1');
const subjects: readonly Subject[] = [
  { origin: { path: 'routers.r1' }, type: 'router', name: 'r1', node: 'n1', ids: [] },
  { origin: { path: 'floating_ips.f1' }, type: 'floating IP', name: 'f1', ids: [] },
];
const progress = { done: 3, total: 12, objects: objectsOf(plan(changes, [], subjects)) };

test('a batch is described by its objects', () => {
  expect(eventLines({ type: 'batch-done', batch: work, milliseconds: 12.4 }, progress, colours)).toEqual([
    '  ✔ [ 3/12] router r1 on n1, floating IP f1: 2 addresses, 2 rules, 1 effect  12 ms',
  ]);
  const moved = change({ kind: 'address', name: 'b', action: 'update', path: 'floating_ips.f1' });
  const floating = { ...progress, objects: objectsOf(plan([moved], [], subjects)) };
  expect(progressLine(batch(4, [moved.address]), floating, 80, colours)).toContain('floating IP f1 on n1: 1 address');
  const gone = change({ netns: 'qrouter-2', kind: 'veth', name: 'x', action: 'delete' });
  const others = { ...progress, objects: objectsOf(plan([gone])) };
  expect(progressLine(batch(4, [gone.address], 'qrouter-2'), others, 80, colours)).toContain('n1/qrouter-2: 1 link');
  expect(eventLines({ type: 'batch-skipped', batch: work, because: 1 }, progress, colours)[0]).toContain('skipped');
  expect(eventLines({ type: 'batch-start', batch: work }, progress, colours)).toEqual([]);
});

test('a later round has a line', () => {
  const event = { type: 'round-start', round: 2, plan: plan(changes) } as const;
  expect(eventLines(event, progress, colours)).toEqual(['Round 2: 3 changes remaining.']);
});

test('the progress line is never wider than the terminal', () => {
  for (const columns of [20, 40, 80]) {
    expect(progressLine(work, progress, columns, colours).length).toBeLessThanOrEqual(Math.max(columns, 24));
  }
  expect(progressLine(work, progress, 80, colours)).toBe(
    '  █████░░░░░░░░░░░░░░░ 3/12  router r1 on n1, floating IP f1: 2 addresses, 2 …',
  );
});

test('events as JSON lines', () => {
  expect(versionLine('1.2.3')).toEqual({ type: 'version', format_version: '1.1', netloom: '1.2.3' });
  expect(eventJson({ type: 'batch-done', batch: batch(1, ['n1/-/link/a']), milliseconds: 5 })).toEqual({
    type: 'batch-done',
    batch: 1,
    node: 'n1',
    netns: null,
    steps: 1,
    addresses: ['n1/-/link/a'],
    milliseconds: 5,
  });
});

test('a watch prints what it waits for', () => {
  expect(watchLine({ type: 'done', number: 1, ok: false }, 't.yaml', colours)).toBe(
    'Waiting for a change of t.yaml; Ctrl-C ends.',
  );
  expect(watchLine({ type: 'gone' }, 't\u001b.yaml', colours)).toContain('t\\u001b.yaml does not exist any more');
});
