import { expect, test } from 'vitest';
import { fnv1a } from '../../src/net/fnv.ts';

// From the test vectors of the IETF's draft (draft-eastlake-fnv).
test.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('the hash of %j', (text, hash) => {
  expect(fnv1a(text)).toBe(hash);
});
