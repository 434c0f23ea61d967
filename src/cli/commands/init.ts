import type { Command } from 'commander';
import { commandLine, fileWord, quoteWord } from '../../model/command-line.ts';
import { clean } from '../../render/clean.ts';
import { addExamples, addExitCodes } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { nameFor, schemaWord } from '../init/words.ts';
import { addFlag } from '../option.ts';
import { schemaPath } from '../schemas.ts';

/** Adds `init`, which writes an example topology. */
export function addInit(program: Command, act: Act): void {
  const command = program
    .command('init')
    .description('write an example topology; an existing file is never overwritten')
    .argument('[file]', 'the file to create; - prints it', 'topology.yaml');
  addFlag(command, '--stdout', 'print it and create no file');
  addExitCodes(command, [0, 'the file is created, or printed'], [1, 'an error: the file exists, or cannot be written']);
  addExamples(command, [
    ['a topology that runs in the lab without a change', 'init demo.yaml'],
    ['read it first', 'init --stdout'],
  ]).action(act(init));
}

async function init({ output }: Context, file: string, options: { readonly stdout?: boolean }): Promise<number> {
  const { startingTopology } = await import('../init/topology.ts');
  const prints = options.stdout === true || file === '-';
  const target = file === '-' ? 'topology.yaml' : file;
  const typed = clean(quoteWord(fileWord(target)));
  const installed = schemaPath('topology');
  const text = startingTopology(nameFor(target), typed, schemaWord(installed ?? 'topology.schema.json'));
  if (prints) {
    output.out.write(text);
    return EXIT.ok;
  }
  const { createFile } = await import('../write-file.ts');
  await createFile(target, text);
  output.out.line(`Created ${typed}. Next: ${commandLine('lab', 'up', fileWord(target))}`);
  if (installed === undefined) output.out.line('For editors: netloom schema > topology.schema.json');
  return EXIT.ok;
}
