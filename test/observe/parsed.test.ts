import { expect, test } from 'vitest';
import type { Probe } from '../../src/model/probe.ts';
import { parserFor } from '../../src/observe/parsed.ts';

/** A probe that counts how often it parses. */
function counting(): Probe<{ readonly text: string }> & { readonly parsed: string[] } {
  const parsed: string[] = [];
  const parse = (text: string): { readonly text: string } => {
    parsed.push(text);
    if (text === 'bad') throw new Error('no');
    return { text };
  };
  return { id: 'counting', scope: 'node', script: '', parse, parsed };
}

test('a text is parsed once in a reading and the next, and again if a reading was without it', () => {
  const probe = counting();
  const first = parserFor('parsed-1');
  expect(first(probe, 'a')).toBe(first(probe, 'a'));
  const second = parserFor('parsed-1');
  expect(second(probe, 'a')).toEqual({ text: 'a' });
  expect(second(probe, 'b')).toEqual({ text: 'b' });
  expect(probe.parsed).toEqual(['a', 'b']);
  parserFor('parsed-1');
  expect(parserFor('parsed-1')(probe, 'a')).toEqual({ text: 'a' });
  expect(probe.parsed).toEqual(['a', 'b', 'a']);
});

test('nodes and probes are kept apart, and an error is no value', () => {
  const [one, other] = [counting(), { ...counting(), id: 'other' }];
  const parser = parserFor('parsed-2');
  expect(parser(one, 'a')).not.toBe(parser(other, 'a'));
  expect(parserFor('parsed-3')(one, 'a')).toEqual({ text: 'a' });
  expect(one.parsed).toEqual(['a', 'a']);
  for (let i = 0; i < 2; i += 1) expect(() => parser(one, 'bad')).toThrow('no');
});
