import { expect, it } from 'vitest';
import { codeSpans, WRITTEN } from './pages.ts';
import { wrongName } from './names.ts';

it.each(WRITTEN)('files, folders and names of the code that %s mentions exist', (page) => {
  const complaints = codeSpans(page).map(({ text, line }) => [`${page}:${line}`, wrongName(text)]);
  expect(complaints.filter(([, complaint]) => complaint !== undefined)).toEqual([]);
});

it.each([
  ['src/nowhere.ts', 'no such file'],
  ['plan/nowhere.ts', 'no such file'],
  ['kinds/nothing/', 'no such file'],
  ['wantedEverywhereAt', 'no such name'],
  ['Kind.adaptToNothing', 'no such name'],
  ['NETLOOM_TEAR', 'no such name'],
])('%s does not exist', (span, complaint) => {
  expect(wrongName(span)).toContain(complaint);
});

it.each([
  'src/plan/effects.ts',
  'plan/effects.ts',
  'effects.ts',
  'kinds/*/spec.ts',
  'features/NAME/',
  '*.both.test.ts',
])('%s exists', (span) => {
  expect(wrongName(span)).toBeUndefined();
});
