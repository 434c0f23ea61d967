import { expect, test } from 'vitest';
import { partlyKept } from '../../src/session/window/words.ts';

test('nodes that have not all done the same are listed, also those that could not be told', () => {
  const details = (...lists: Parameters<typeof partlyKept>): readonly (string | undefined)[] =>
    partlyKept(...lists).map(({ detail }) => detail);
  expect(details(['n1', 'n2'], [])).toEqual([]);
  expect(details([], ['n1'], [])).toEqual([]);
  expect(details(['n1'], ['n2', 'n3'])).toEqual(['Kept: n1\nReverted: n2, n3']);
  expect(details(['n1'], [], ['n2'])).toEqual(['Kept: n1\nNot told: n2']);
  expect(details([], [], ['n2'])).toEqual([]);
});
