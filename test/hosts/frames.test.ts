import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../src/hosts/frames.ts';

/** Feeds a stream cut into pieces of the given sizes; returns the frames as text. */
function run(stream: Buffer, sizes: readonly number[]): string[] {
  const frames: string[] = [];
  const reader = new FrameReader('abc', (frame) => {
    frames.push(`${frame.kind} ${String(frame.id)} ${String(frame.code)} ${frame.payload.toString()}`);
  });
  let at = 0;
  for (let turn = 0; at < stream.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    reader.push(stream.subarray(at, at + size));
    at += size;
  }
  return frames;
}

describe('FrameReader', () => {
  it('separates frames from data wherever the stream is cut', () => {
    const stream = Buffer.from('one\n@ab\n\n@abc job 1 0 5\na\n@bc\n@abc read 2 7 0\ntwo\n@abc hello 0 0 1\nx');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 }), (sizes) => {
        expect(run(stream, sizes)).toEqual(['job 1 0 a\n@bc', 'read 2 7 ', 'hello 0 0 x']);
      }),
    );
  });
});
