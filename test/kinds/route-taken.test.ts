import { expect, test } from 'vitest';
import type { RawRoute } from '../../src/kernel/probes/ip.ts';
import { route } from '../../src/kinds/route/spec.ts';
import { routeTaken } from '../../src/kinds/route/taken.ts';
import { graphOf, ORIGIN } from '../support/engine.ts';
import { contextOf, link, viewOf } from '../support/view.ts';

const CONNECTED: RawRoute = {
  dst: '192.0.2.0/24',
  dev: 'eth9',
  protocol: 'kernel',
  scope: 'link',
  prefsrc: '192.0.2.1',
  flags: [],
};

/** What is wrong with a route of a router without a namespace, on a node that has this route itself. */
function wrong(destination: string, own: RawRoute): string[] {
  const desired = route({ node: 'node1', netns: null }, destination, [{ gateway: '10.0.0.9', device: 'qr-1' }], ORIGIN);
  const view = viewOf('node1', [{ netns: null, links: [link('eth9', 2)], routes: [own] }]);
  return routeTaken(desired, undefined, contextOf(graphOf([desired]), [view])).map(({ summary }) => summary);
}

test('a route to a network that the node itself is on is an error: the kernel would refuse it', () => {
  expect(wrong('192.0.2.0/24', CONNECTED)).toEqual(['node1 itself is on 192.0.2.0/24, by an address of eth9']);
});

test('a route to a part of it, or beside one with a metric, is none', () => {
  expect(wrong('192.0.2.0/25', CONNECTED)).toEqual([]);
  expect(wrong('192.0.2.0/24', { ...CONNECTED, metric: 100 })).toEqual([]);
});
