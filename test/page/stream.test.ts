import { afterEach, expect, test, vi } from 'vitest';
import { createBoard, type Board } from '../../src/page/server/stream.ts';
import type { PageState } from '../../src/page/wire/state.ts';
import { STATE } from './support.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Returns the next message of a stream. */
async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Partial<PageState>> {
  const { value } = await reader.read();
  const text = new TextDecoder().decode(value);
  const [, data] = /^event: state\ndata: (.*)\n\n$/.exec(text) ?? [];
  return JSON.parse(data ?? 'null') as Partial<PageState>;
}

function opened(board: Board): ReadableStreamDefaultReader<Uint8Array> {
  const stream = board.open();
  if (stream === undefined) throw new Error('there are too many readers');
  return stream.getReader();
}

test('a reader gets the whole state, and then the sections that change', async () => {
  const board = createBoard(STATE);
  const reader = opened(board);
  expect(await next(reader)).toEqual(STATE);
  board.put({ changes: null, runs: [] });
  board.put({ about: { ...STATE.about, topology: 'other' } });
  expect(await next(reader)).toEqual({ about: { ...STATE.about, topology: 'other' } });
  board.close();
});

test('a slow reader gets what is so by then, and not what was before', async () => {
  const board = createBoard(STATE);
  const reader = opened(board);
  await next(reader);
  for (let i = 1; i <= 1000; i += 1) board.put({ sight: { ...STATE.sight, at: i } });
  board.put({ about: { ...STATE.about, topology: 'last' } });
  const messages = [await next(reader), await next(reader)];
  expect(messages.at(-1)).toEqual({
    sight: { ...STATE.sight, at: 1000 },
    about: { ...STATE.about, topology: 'last' },
  });
  board.close();
});

test('a reader that takes nothing for half a minute is dropped, and one that takes is not', async () => {
  vi.useFakeTimers();
  const board = createBoard(STATE);
  const [deaf, awake] = [opened(board), opened(board)];
  await next(awake);
  await vi.advanceTimersByTimeAsync(0);
  for (let i = 0; i < 4; i += 1) {
    board.put({ sight: { ...STATE.sight, at: i } });
    await next(awake);
    await vi.advanceTimersByTimeAsync(10_000);
    await awake.read();
  }
  expect(board.readers).toBe(1);
  await deaf.read();
  expect((await deaf.read()).done).toBe(true);
  board.close();
});

test('there is an end to the number of readers, and one that leaves makes room', async () => {
  const board = createBoard(STATE);
  const readers = Array.from({ length: 16 }, () => opened(board));
  expect(board.open()).toBeUndefined();
  await readers[0]!.cancel();
  expect(board.open()).toBeDefined();
  board.close();
});

test('a reader that comes is told of', () => {
  let came = 0;
  const board = createBoard(STATE, { onReader: () => (came += 1) });
  opened(board);
  expect(came).toBe(1);
  board.close();
});
