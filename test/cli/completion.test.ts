import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { netloom } from '../support/fake-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-completion-'));
const script = join(folder, 'netloom.bash');

beforeAll(async () => {
  writeFileSync(script, (await netloom(['completion', 'bash'])).out);
  writeFileSync(join(folder, 'topology.yaml'), '');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What bash offers for the last of these words. */
function complete(...words: string[]): string {
  const driver = `compopt() { :; }; source ${script}
COMP_WORDS=(netloom "$@"); COMP_CWORD=$#; _netloom; echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', driver, 'bash', ...words], { encoding: 'utf8', cwd: folder }).trim();
}

test.each([
  [['pl'], 'plan'],
  [['gc', '--to'], '--topology'],
  [['gc', '--topology', 'x', '--dr'], '--dry-run'],
  [['lab', ''], 'up down list status exec'],
  [['graph', '--format', ''], 'mermaid dot'],
  [['completion', ''], 'bash zsh fish'],
  [['plan', 'topo'], 'topology.yaml'],
  [['plan', '--node', 'x', 'topo'], 'topology.yaml'],
  [['lab', 'exec', 'topo'], 'topology.yaml'],
  [['plan', 'plan', ''], ''],
  [['lab', 'exec', 'f', 'n', '--', ''], ''],
])('bash: %j', (words, offered) => {
  expect(complete(...words)).toBe(offered);
});

test('bash: flags', () => {
  expect(complete('plan', '--').split(' ')).toEqual(
    expect.arrayContaining(['--node', '--detailed-exitcode', '--json', '--lab', '--no-color', '--help']),
  );
});

test('zsh and fish know every command and flag', async () => {
  const zsh = (await netloom(['completion', 'zsh'])).out;
  const fish = (await netloom(['completion', 'fish'])).out;
  expect(zsh).toMatch(/^#compdef netloom\n/);
  expect(zsh).toContain("'1:topology file:_files'");
  expect(zsh).toContain("'--format[mermaid (drawn in a pull request) or dot (Graphviz)]:value:(mermaid dot)'");
  expect(zsh).toContain("'(-y --yes)'{-y,--yes}'[do not ask]'");
  expect(fish).toContain("complete -c netloom -n '__netloom_only' -a plan");
  expect(fish).toContain("complete -c netloom -n '__netloom_only lab up' -F");
  expect(fish).toContain("complete -c netloom -n '__netloom_at apply' -s y -l yes");
});
