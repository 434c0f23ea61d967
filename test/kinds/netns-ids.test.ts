import { expect, test } from 'vitest';
import { netnsIdsProbe } from '../../src/kernel/probes/netns-ids.ts';

test('the numbers of the named namespaces', () => {
  expect([...netnsIdsProbe.parse('[{"name":"qrouter-1","id":3},{"name":"other"}]\n')]).toEqual([['qrouter-1', 3]]);
});

test('a node on which no namespace ever had a name is not asked, and has no numbers', () => {
  expect([...netnsIdsProbe.parse('\n')]).toEqual([]);
});
