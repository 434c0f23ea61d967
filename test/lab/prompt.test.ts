import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { quoteWord } from '../../src/model/command-line.ts';
import { shellIn } from '../../src/lab/prompt.ts';

const SHELLS = ['/bin/bash', '/bin/sh', '/bin/dash', '/usr/bin/zsh', '/usr/bin/fish'];

/** The output of a shell on its own terminal; its only input is `exit`. */
async function dialogue(shell: string): Promise<string> {
  const { argv, env } = await shellIn('demo:router/r1', shell);
  const command = argv.map(quoteWord).join(' ');
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    input: 'exit\n',
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TERM: 'xterm', HOME: '/nowhere', ...env },
  });
  return stdout;
}

describe.each(SHELLS)('%s', (shell) => {
  test('has a prompt that names the target', async ({ skip }) => {
    skip(!existsSync(shell), `${shell} is not installed`);
    expect(await dialogue(shell)).toContain('[demo:router/r1] ');
  });
});

test.each([undefined, '', 'bash', '/nowhere/zsh'])('$SHELL %j: bash or sh', async (shell) => {
  expect((await shellIn('demo:n1', shell)).argv[0]).toMatch(/\/bash$|^sh$/);
});
