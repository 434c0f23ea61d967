import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../dist/main.cjs', import.meta.url));

/** Texts up to the largest size that is read, made to use much memory. */
const TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['a flow list of 1 MB', `name: x\nnodes: [${'a,'.repeat(500_000)}a]\n`],
  ['a flow list of lists of 1 MB', `name: x\nnodes: [[${'],['.repeat(330_000)}]]\n`],
  ['anchors', `name: x\na: [${Array.from({ length: 400_000 }, (_, i) => `&a${String(i)} 1,`).join('')}]\n`],
  ['merge keys', `name: x\na: &a {b: 1}\nc: {${'<<: *a,'.repeat(900_000)}}\n`],
  ['8 MB of comments', `name: x\n${'#\n'.repeat(4_000_000)}nodes: [\n`],
  ['8 MB of longer comments', `name: x\n${'# abcdefg\n'.repeat(740_000)}nodes: [\n`],
  ['empty lines', `name: x\n${'\n'.repeat(8_000_000)}nodes: [\n`],
  ['one long comment', `name: x\n# ${'x'.repeat(8_000_000)}\nnodes: [\n`],
  ['a block list', `name: x\nnodes:\n${'- a\n'.repeat(2_000_000)}`],
  ['unknown keys', `name: x\n${Array.from({ length: 600_000 }, (_, i) => `k${String(i)}: 1\n`).join('')}`],
  ['documents', '---\n'.repeat(2_000_000)],
  ['directives', `${'%A\n'.repeat(700_000)}---\nname: x\n`],
  ['closing braces', `name: x\n${'}'.repeat(8_000_000)}\n`],
  ['Unicode spaces', `name: x\n${'a: \u00a0x\n'.repeat(700_000)}`],
  ['a block scalar', `name: |\n${'  aaaaaaaa\n'.repeat(700_000)}`],
  ['two anchors', `name: x\na:\n${'- &x &y 1\n'.repeat(90_000)}`],
  ['escapes', `name: "${'\\x41'.repeat(2_000_000)}"\n`],
];

test.each(TEXTS)('%s: refused with a few errors, with a heap of 300 MB', (_, text) => {
  const { status, stderr } = spawnSync(process.execPath, ['--max-old-space-size=300', MAIN, 'validate', '-'], {
    input: text,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024,
  });
  expect(stderr.match(/error\[NL\d+\]/g)?.length ?? 0).toBeGreaterThan(0);
  expect(stderr.match(/(error|warning|info)\[NL\d+\]/g)?.length ?? 0).toBeLessThanOrEqual(21);
  expect(status).toBe(1);
});
