import { expect, test } from 'vitest';
import { KINDS } from '../../src/kinds/registry.ts';
import { CASES, FIRST_OF_KIND } from './cases/index.ts';
import { lifeTests } from './life.ts';

test('every kind of which a file can ask for objects has a case', () => {
  const covered = new Set(CASES.map(({ object }) => object.kind));
  const created = KINDS.filter(({ foreign }) => foreign !== 'told');
  expect(created.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});

lifeTests(FIRST_OF_KIND);
