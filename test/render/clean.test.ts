import { expect, test } from 'vitest';
import { clean, cleanLines } from '../../src/render/clean.ts';

test('control characters and direction marks become escapes', () => {
  expect(clean('a\u001b[31mb\nc\td\u009b\u202ee')).toBe('a\\u001b[31mb\\nc\\td\\u009b\\u202ee');
});

test('text without them is unchanged', () => {
  expect(clean('qrouter-1 → “ok” 网络')).toBe('qrouter-1 → “ok” 网络');
});

test('text of several lines keeps its line ends', () => {
  expect(cleanLines('a\r\nb\tc\u0007')).toEqual(['a', 'b    c\\u0007']);
});
