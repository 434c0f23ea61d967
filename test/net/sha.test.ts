import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha1, sha256 } from '../../src/net/sha.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('both are those of OpenSSL, at every length around a block and for any bytes', () => {
  const same = (bytes: Uint8Array): void => {
    expect(hex(sha1(bytes))).toBe(createHash('sha1').update(bytes).digest('hex'));
    expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  };
  for (let length = 0; length < 200; length += 1) same(Buffer.alloc(length, length));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), same), { numRuns: 200 });
});
