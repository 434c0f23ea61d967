import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { manPage } from '../../scripts/package/man.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { hasCommand } from '../../scripts/requirements.mjs';
import { describeCommands } from '../../src/cli/describe.ts';
import { notesText } from '../../src/cli/help/text.ts';
import { netloom } from '../support/fake-world.ts';

const page = manPage(describeCommands(), notesText);

it('has a section for every command, with its flags and examples', async () => {
  const { out } = await netloom(['--help']);
  const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
  expect(commands.length).toBeGreaterThan(10);
  for (const name of commands) expect(page).toMatch(new RegExp(`^\\.SS "netloom ${name}\\b`, 'm'));
  expect(page).toContain('.SS "netloom lab exec ');
  expect(page).toMatch(/^\.B \\-y, \\-\\-yes$/m);
  expect(page).toContain('  $ netloom apply \\-\\-yes topology.yaml');
});

it('names the release and its date', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(page).toMatch(new RegExp(`^\\.TH NETLOOM 1 \\d{4}-\\d\\d-\\d\\d "netloom ${version}" `));
});

it('starts no line with a roff request, except the intended ones', () => {
  const requests = [...page.matchAll(/^['.](\S+)/gm)].map(([, name]) => name);
  expect([...new Set(requests)].sort()).toEqual(['B', 'BR', 'PP', 'SH', 'SS', 'TH', 'TP', 'fi', 'nf']);
});

it('is printed without a warning', async (context) => {
  const lint = hasCommand('mandoc') ? ['mandoc', '-T', 'lint'] : ['man', '-l', '--warnings'];
  if (!hasCommand(lint[0] ?? '')) context.skip('needs mandoc or man');
  const folder = mkdtempSync(join(tmpdir(), 'netloom-man-'));
  try {
    const file = join(folder, 'netloom.1');
    writeFileSync(file, page);
    const { output } = await run([...lint, file], { env: { LC_ALL: 'C.UTF-8' } });
    expect(
      output.split('\n').filter((line) => /warning:|^(?:mandoc|man|troff|<standard input>).*error:|STYLE:/i.test(line)),
    ).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
