import { expect, test } from 'vitest';
import { paint } from '../../../src/render/colour.ts';
import { keepLines } from '../../../src/render/events/keep.ts';

const colours = paint(false);
const lines = (event: Parameters<typeof keepLines>[0]) => keepLines(event, 't.yaml', colours);

const drifted = (name: string) => ({
  address: `n1/qrouter-1/route/${name}`,
  kind: 'route',
  name,
  action: 'create' as const,
  difference: 'in the file, not on the node',
});

test('drift names the place, the reason and the first objects', () => {
  const one = {
    type: 'drift',
    node: 'n1',
    netns: 'qrouter-1',
    objects: [drifted('default')],
    reason: 'kernel',
  } as const;
  expect(lines(one)).toEqual(['Drift in qrouter-1 on n1:', '  route default: in the file, not on the node']);
  const many = {
    ...one,
    netns: null,
    reason: 'resync',
    objects: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(drifted),
  } as const;
  expect(lines(many).at(0)).toBe('Drift in n1, found by a resync:');
  expect(lines(many)).toHaveLength(7);
  expect(lines(many).at(-1)).toBe('  and 2 more');
});

test('a name from a node cannot act on the terminal', () => {
  const [, line] = lines({
    type: 'drift',
    node: 'n1',
    netns: null,
    objects: [drifted('a\u001b[2J')],
    reason: 'kernel',
  });
  expect(line).not.toContain('\u001b');
});

test('an object that is fought over is named, with what makes netloom try again', () => {
  const route = drifted('default');
  expect(lines({ type: 'contested', node: 'n1', netns: null, ...route, times: 5, seconds: 60 })).toEqual([
    'Another program keeps changing route default in n1: put right 5 times in 60 s.',
    '  It is left alone until t.yaml changes, or SIGHUP.',
  ]);
});

test('a resync that has found nothing prints nothing', () => {
  expect(lines({ type: 'resynced', nodes: ['n1'], drifted: 0, milliseconds: 5 })).toEqual([]);
});
