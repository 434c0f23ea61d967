import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellLine, shellQuote } from '../../src/hosts/quote.ts';
import { DiagnosticError } from '../../src/model/diagnostic.ts';

/** Returns the words as a real sh reads them, each followed by a NUL. */
function wordsSeenBySh(line: string): string[] {
  return execFileSync('sh', [], { input: `printf '%s\\0' ${line}`, encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

describe('shellQuote', () => {
  it('leaves plain words readable', () => {
    expect(shellLine(['ip', '-n', 'qrouter-7a51', 'addr', 'add', '10.0.0.1/24'])).toBe(
      'ip -n qrouter-7a51 addr add 10.0.0.1/24',
    );
  });

  it.each([
    '',
    ' ',
    "'",
    "it's",
    '$HOME',
    '`id`',
    '\\',
    '\n',
    '*',
    '~',
    '#x',
    '!',
    '-n',
    'é',
    '"',
    'a=b',
    '\r',
    '\u0001',
  ])('hands %j over unchanged', (word) => {
    expect(wordsSeenBySh(shellQuote(word))).toEqual([word]);
  });

  it('passes any words unchanged to a real sh', () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        expect(wordsSeenBySh(shellLine(words))).toEqual(words);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses NUL', () => {
    expect(() => shellQuote('a\0b')).toThrow(DiagnosticError);
  });
});
