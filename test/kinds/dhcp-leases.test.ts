import { expect, test } from 'vitest';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, perlOutput, programPath } from '../support/program.ts';

const PROGRAM = 'kernel/daemons/dhcp-leases.pl';
const A = 'fa:16:3e:00:00:0a';
const B = 'fa:16:3e:00:00:0b';
const START = `0 ${A} 10.0.0.10 a *\n0 ${B} 10.0.0.11 b *\n`;

/** Returns the lease file that a server finds when it runs as before an apply. */
function resumed(present: string, ...held: readonly string[]): string {
  return perlOutput(PROGRAM, 'print resumed(@ARGV)', present, START, ...held);
}

test('a lease that the apply ended is there again, and one that was granted stays with its time', () => {
  expect(resumed(`1790000000 ${A} 10.0.0.10 a 01:${A}\n`)).toBe(
    `1790000000 ${A} 10.0.0.10 a 01:${A}\n0 ${B} 10.0.0.11 b *\n`,
  );
});

test('a lease of another client, or for another address, goes', () => {
  expect(resumed(`0 ${A} 10.0.0.99 a *\n0 fa:16:3e:00:00:0c 10.0.0.12 c *\n`)).toBe(START);
});

test('a lease that the server held before and that no client has stays', () => {
  const old = '1790000000 fa:16:3e:00:00:0d 10.0.0.13 d *\n';
  expect(resumed(old, '10.0.0.13 fa:16:3e:00:00:0d')).toBe(`${old}${START}`);
  expect(resumed(old)).toBe(START);
});

test('lines that are no IPv4 leases stay', () => {
  expect(resumed('duid 00:01\n')).toBe(`duid 00:01\n${START}`);
});

test('the file is written beside and renamed, and nothing is read or written through a link', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-leases-'));
  try {
    const file = join(folder, 'leases');
    writeFileSync(join(folder, 'other'), 'mine');
    symlinkSync(join(folder, 'other'), `${file}.new`);
    symlinkSync(join(folder, 'other'), file);
    outputOf(['perl', '-we', readFileSync(programPath(PROGRAM), 'utf8'), file, START]);
    expect(readFileSync(file, 'utf8')).toBe(START);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('mine');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
