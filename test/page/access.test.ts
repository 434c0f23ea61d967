import { expect, test } from 'vitest';
import { createAccess } from '../../src/page/server/access.ts';

test('a link works once, and its cookie from then on', () => {
  const access = createAccess();
  const token = access.link();
  const cookie = access.exchange(token);
  expect(cookie).toMatch(/^[\w-]{43}$/);
  expect(access.admits(cookie)).toBe(true);
  expect(access.exchange(token)).toBeUndefined();
  expect(access.admits(token)).toBe(false);
});

test('nothing else is let in', () => {
  const access = createAccess();
  access.link();
  for (const wrong of ['', 'x', 'a'.repeat(43), 'ä'.repeat(43)]) {
    expect(access.exchange(wrong)).toBeUndefined();
    expect(access.admits(wrong)).toBe(false);
  }
  expect(access.admits(undefined)).toBe(false);
});

test('no two links and no two cookies are the same', () => {
  const access = createAccess();
  const tokens = Array.from({ length: 8 }, () => access.link());
  const cookies = tokens.map((token) => access.exchange(token));
  expect(new Set([...tokens, ...cookies]).size).toBe(16);
});

test('a link that nobody opened ends after an hour', () => {
  let now = 0;
  const access = createAccess(() => now);
  const [late, early] = [access.link(), access.link()];
  now = 3_599_999;
  expect(access.exchange(early)).toBeDefined();
  now = 3_600_000;
  expect(access.exchange(late)).toBeUndefined();
});

test('of many links and browsers only the last are known', () => {
  const access = createAccess();
  const links = Array.from({ length: 9 }, () => access.link());
  expect(access.exchange(links[0]!)).toBeUndefined();
  const first = access.exchange(links[1]!);
  for (let i = 0; i < 32; i += 1) access.exchange(access.link());
  expect(access.admits(first)).toBe(false);
});
