import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI_CODES } from '../../src/cli/codes.ts';

test('every code in use is in the list, and every code in the list is in use', () => {
  const src = new URL('../../src/', import.meta.url).pathname;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && name !== 'cli/codes.ts',
  );
  const used = files.flatMap((name) => readFileSync(join(src, name), 'utf8').match(/NLX\d+/g) ?? []);
  expect([...new Set(used)].sort()).toEqual(Object.keys(CLI_CODES).sort());
});
