import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { searchPath } from './preflight.ts';

/** A shell for a terminal, and its environment variables. */
export interface PromptShell {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Arguments that start a shell without the user's start files, which would replace the prompt. */
const SHELLS: Readonly<Record<string, { readonly args: readonly string[]; readonly prompt: string }>> = {
  bash: { args: ['--noprofile', '--norc'], prompt: '\\w\\$ ' },
  zsh: { args: ['-f'], prompt: '%~ %# ' },
  fish: { args: ['--no-config', '-C', 'function fish_prompt; echo -n $PS1; end'], prompt: '> ' },
};

const PLAIN = { args: [], prompt: '$ ' } as const;

/**
 * Returns the user's shell, or bash or sh if $SHELL names none, with a prompt that begins with `[label]`.
 * @param label letters, digits and `:/_.-`: shells expand what a prompt contains
 */
export async function shellIn(label: string, shell = process.env['SHELL']): Promise<PromptShell> {
  const bashes = searchPath()
    .split(':')
    .map((dir) => path.join(dir, 'bash'));
  const file = await firstExecutable(shell?.startsWith('/') === true ? [shell, ...bashes] : bashes);
  const { args, prompt } = SHELLS[path.basename(file)] ?? PLAIN;
  return { argv: [file, ...args], env: { PS1: `[${label}] ${prompt}` } };
}

async function firstExecutable(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const ok = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (ok) return file;
  }
  return 'sh';
}
