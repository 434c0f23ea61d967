import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BIRTH_PARTS, wordsLine } from '../../src/hosts/birth.ts';

/** What birth.pl reads in lines: the words of each part, and what its program is given. */
function partsOf(lines: string): unknown {
  const json = `sub j { my ($s) = @_; '"' . ($s =~ s/([^ -!#-[\\]-~])/sprintf '\\\\u%04x', ord $1/ger) . '"' }
    sub words { join ',', map { j($_) } @{$_[0]{words}} }
    sub part { '{"words":[' . words($_[0]) . '],"input":' . j($_[0]{input}) . '}' }
    print '[' . join(',', map { part($_) } parts_of(<STDIN>)) . ']'`;
  const args = [...BIRTH_PARTS, json].flatMap((part) => ['-e', part]);
  return JSON.parse(execFileSync('perl', args, { input: Buffer.from(lines, 'latin1'), encoding: 'utf8' }));
}

test('each word and each line of an input is read as it was written, whatever is in it', () => {
  const word = fc
    .array(fc.constantFrom('\\', '\n', '\t', 'n', 't', "'", '$', ' ', 'a', '\u00e9', 'birth'), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const part = fc.record({
    words: fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => ['run', ...words]),
    lines: fc.array(
      word.map((text) => text.replaceAll('\n', '')),
      { maxLength: 3 },
    ),
  });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
      const text = parts.map(({ words, lines }) =>
        [wordsLine(words), ...lines.map((line) => `\t${line}`), ''].join('\n'),
      );
      expect(partsOf(text.join(''))).toEqual(
        parts.map(({ words, lines }) => ({ words, input: lines.map((line) => `${line}\n`).join('') })),
      );
    }),
    { numRuns: 10 },
  );
});
