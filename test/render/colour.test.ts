import { expect, test } from 'vitest';
import { wantsColour } from '../../src/render/colour.ts';

const tty = { isTTY: true };
const pipe = { isTTY: false };

test.each([
  ['a terminal', {}, tty, undefined, true],
  ['a pipe', {}, pipe, undefined, false],
  ['a dumb terminal', { TERM: 'dumb' }, tty, undefined, false],
  ['NO_COLOR', { NO_COLOR: '1' }, tty, undefined, false],
  ['an empty NO_COLOR, which means nothing', { NO_COLOR: '' }, tty, undefined, true],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, pipe, undefined, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, tty, undefined, false],
  ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, tty, undefined, false],
  ['--no-color against FORCE_COLOR', { FORCE_COLOR: '1' }, tty, false, false],
] as const)('%s', (_, env, stream, flag, expected) => {
  expect(wantsColour(env, stream, flag)).toBe(expected);
});
