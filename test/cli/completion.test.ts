import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { netloom, TOPOLOGY } from '../support/fake-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'netloom-completion-'));
const script = join(folder, 'netloom.bash');

beforeAll(async () => {
  writeFileSync(script, (await netloom(['completion', 'bash'])).out);
  writeFileSync(join(folder, 'topology.yaml'), '');
  // A netloom that answers with its arguments, and with names that a shell would expand or run.
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/netloom'), `#!/bin/sh\nprintf '%s\\n' "$*" '$(touch ran)' '*' '\`touch ran\`'\n`, {
    mode: 0o755,
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The completions that bash offers for the last of these words. */
function complete(...words: string[]): string {
  const driver = `compopt() { :; }; source ${script}
COMP_WORDS=(netloom "$@"); COMP_CWORD=$#; _netloom; echo "\${COMPREPLY[*]}"`;
  return execFileSync('bash', ['-c', driver, 'bash', ...words], {
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` },
  }).trim();
}

test.each([
  [['pl'], 'plan'],
  [['gc', '--to'], '--topology'],
  [['gc', '--topology', 'x', '--dr'], '--dry-run'],
  [['lab', ''], 'up down list status inspect exec capture renew'],
  [['graph', '--format', ''], 'svg html mermaid dot'],
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

const HOSTILE = '$(touch ran) * `touch ran`';

test.each([
  [['lab', 'exec', 'topology.yaml', ''], `__names target topology.yaml ${HOSTILE}`],
  [['plan', 'topology.yaml', '--node', ''], `__names node topology.yaml ${HOSTILE}`],
  [['lab', 'down', '__'], '__names lab'],
  [['explain', 'port', ''], `__names port  ${HOSTILE}`],
  [['schema', ''], `__names schema  ${HOSTILE}`],
  [['fmt', 'topology.yaml', 'topo'], 'topology.yaml'],
])('bash asks netloom for names, and expands no part of them: %j', (words, offered) => {
  expect(complete(...words)).toBe(offered);
  expect(existsSync(join(folder, 'ran'))).toBe(false);
});

describe('the names that netloom prints', () => {
  const ROUTED = TOPOLOGY.replace('instances:', 'routers:\n  r1: { node: n1, interfaces: { sub1: {} } }\ninstances:');
  const lab = { name: 'demo', pid: 1, since: '', file: null, nodes: [], instances: [], hosts: [] };
  const options = {
    files: { 't.yaml': ROUTED, 'bad.yaml': 'name: [', 'evil.yaml': 'nodes: { "$(id)": {} }' },
    labs: [lab],
  };

  test.each([
    [['target', 't.yaml'], 'n1 vm1 vm2 r1 net1'],
    [['node', 't.yaml'], 'n1'],
    [['port', 't.yaml'], 'vm1 vm2'],
    [['lab'], 'demo'],
    [['target', 'bad.yaml'], ''],
    [['target', 'evil.yaml'], ''],
    [['target', 'missing.yaml'], ''],
    [['target'], ''],
    [[], ''],
  ])('%j', async (words, names) => {
    const { code, out, err } = await netloom(['__names', ...words], options);
    expect([code, out.split('\n').join(' ').trim(), err]).toEqual([0, names, '']);
  });
});

describe.each([
  ['bash', ['shellcheck']],
  ['zsh', ['zsh', '-n']],
  ['fish', ['fish', '-n']],
])('the script for %s', (shell, [checker = '', ...flags]) => {
  test(`is clean for ${checker}`, async ({ skip }) => {
    skip(spawnSync(checker, ['--version']).error !== undefined, `${checker} is not installed`);
    const file = join(folder, `checked.${shell}`);
    writeFileSync(file, (await netloom(['completion', shell])).out);
    const { status, stdout, stderr } = spawnSync(checker, [...flags, file], { encoding: 'utf8' });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });
});

test('zsh and fish know every command and flag', async () => {
  const zsh = (await netloom(['completion', 'zsh'])).out;
  const fish = (await netloom(['completion', 'fish'])).out;
  expect(zsh).toMatch(/^#compdef netloom\n/);
  expect(zsh).toContain("'1:topology file:_files'");
  expect(zsh).toContain("]:value:(svg html mermaid dot)'");
  expect(zsh).toContain("'--level[networks (by default in svg and html) or devices");
  expect(zsh).toContain("'(-y --yes)'{-y,--yes}'[do not ask]'");
  expect(fish).toContain("complete -c netloom -n '__netloom_only' -a plan");
  expect(fish).toContain("complete -c netloom -n '__netloom_only lab up' -F");
  expect(zsh).toContain("'2:name:{_netloom_names target}'");
  expect(zsh).toContain("'1:file:{_netloom_names lab; _files}'");
  expect(fish).toContain("complete -c netloom -n '__netloom_after 1 lab exec' -a '(__netloom_names target)'");
  expect(fish).toContain("complete -c netloom -n '__netloom_at apply' -s y -l yes");
});
