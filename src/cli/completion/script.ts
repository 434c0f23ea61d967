import type { Command } from 'commander';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { commandSpecs } from '../command-spec.ts';
import { zshScript } from './zsh.ts';

const WRITERS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Returns the completion script of a command tree for a shell. */
export function completionScript(program: Command, shell: keyof typeof WRITERS): string {
  return WRITERS[shell](program.name(), commandSpecs(program));
}
