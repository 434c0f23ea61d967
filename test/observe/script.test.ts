import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesProbe } from '../../src/kernel/probes/files.ts';
import { allProcessesProbe, processesProbe } from '../../src/kinds/process/processes.ts';
import { pathsProbe } from '../../src/kinds/file/marks.ts';
import { readScript } from '../../src/observe/script.ts';
import { encode, type Argument } from '../../src/observe/arguments.ts';
import { perlOutput, outputOf, programPath } from '../support/program.ts';

/** Prints the decoded arguments as Perl would encode them, the keys of a hash in order. */
const ENCODE = `sub again {
  my ($value) = @_;
  return "=$value" if !ref $value;
  return ('@' . @$value, map { again($_) } @$value) if ref $value eq 'ARRAY';
  return ('%' . keys %$value, map { ("=$_", again($value->{$_})) } sort keys %$value);
}
print join "\\0", again(decode(\\@ARGV))`;

const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', '').toWellFormed());

const { argument } = fc.letrec<{ argument: Argument }>((tie) => ({
  argument: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.array(tie('argument'), { maxLength: 4 }),
    fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 3 }).chain((keys) => {
      return fc
        .array(tie('argument'), { minLength: keys.length, maxLength: keys.length })
        .map((values) => Object.fromEntries(keys.sort().map((key, i) => [key, values[i] ?? ''])));
    }),
  ),
}));

test('Perl decodes exactly the encoded value, whatever text it holds', () => {
  fc.assert(
    fc.property(argument, (value) => {
      const words = encode(value);
      expect(perlOutput('observe/reader.pl', ENCODE, ...words).split('\0')).toEqual(words);
    }),
    { numRuns: 60, examples: [['$(reboot)'], ["'; system 'reboot'; '"], [['@2', '=x', '%1', '']], [{ a: [] }]] },
  );
});

describe('the scripts of a node', () => {
  const run = (...words: readonly string[]): string =>
    outputOf(['sh', programPath('observe/node-probes.sh'), 'cafe', ...words]);

  test('are run in their order, each with its own arguments', () => {
    const script = 'printf "%s|" "$#" "$@"';
    expect(run('one', script, '0', 'two', script, '3', 'a b', '$HOME', "it's", 'three', script, '1', '')).toBe(
      ['\n@cafe probe one\n0|', "\n@cafe probe two\n3|a b|$HOME|it's|", '\n@cafe probe three\n1||'].join(''),
    );
  });

  test('print nothing for an empty script, but its name', () => {
    expect(run('one', '', '0', 'two', '', '1', 'x')).toBe('\n@cafe probe one\n\n@cafe probe two\n');
  });

  test('can have more than nine arguments', () => {
    const many = Array.from({ length: 12 }, (_, i) => String(i + 1));
    expect(run('many', 'echo "$@"', '12', ...many)).toBe(`\n@cafe probe many\n${many.join(' ')}\n`);
  });

  test('that fail, exit or are invalid are reported, and the next one is run', () => {
    const failing = [
      'fails',
      'echo why >&2; false',
      '0',
      'exits',
      'echo half; exit 7',
      '0',
      'none',
      'fi',
      '0',
      'last',
      'echo',
      '0',
    ];
    expect(run(...failing).replace(/\S+: 1: eval: /, '')).toBe(
      [
        '\n@cafe probe fails\n\n@cafe stderr fails\nwhy\n\n@cafe failed fails exit code 1\n',
        '\n@cafe probe exits\nhalf\n\n@cafe failed exits exit code 7\n',
        '\n@cafe probe none\n\n@cafe stderr none\nSyntax error: "fi" unexpected\n',
        '\n@cafe failed none exit code 2\n',
        '\n@cafe probe last\n\n',
      ].join(''),
    );
  });

  test('leave no variables behind for the next one', () => {
    expect(run('one', 'id=x nonce=y count=9', '0', 'two', 'echo "${x-} $nonce $#"', '0')).toContain('\n cafe 0\n');
  });
});

test('the process that reads a node is not counted as one of the topology, despite its command line', () => {
  expect(readScript('cafe', [filesProbe, processesProbe], { topology: 'demo' })).not.toContain('/run/netloom/demo/');
  expect(readScript('cafe', [pathsProbe, allProcessesProbe], { topology: '' })).not.toContain('/run/netloom/');
});
