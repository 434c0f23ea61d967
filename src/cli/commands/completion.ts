import { Argument, type Command } from 'commander';
import { addExamples, addExitCodes } from '../common.ts';
import type { Act } from '../context.ts';
import { EXIT } from '../exit.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** Adds `completion`, which prints a shell's completion script for commands, flags, choices, names and files. */
export function addCompletion(program: Command, act: Act): void {
  const command = program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS));
  addExitCodes(command, [0, 'printed'], [1, 'no such shell']);
  addExamples(command, [
    ['bash, for this user', 'completion bash > ~/.local/share/bash-completion/completions/netloom'],
    ['zsh, in a folder of $fpath', 'completion zsh > ~/.zfunc/_netloom'],
    ['fish', 'completion fish > ~/.config/fish/completions/netloom.fish'],
  ]).action(
    act(async (context, shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('../completion/script.ts');
      context.output.out.write(completionScript(program, shell));
      return EXIT.ok;
    }),
  );
}
