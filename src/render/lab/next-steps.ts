import { commandLine, fileWord } from '../../model/command-line.ts';
import type { Topology } from '../../topology/types.gen.ts';
import { clean } from '../clean.ts';
import { align } from '../align.ts';
import type { Paint } from '../colour.ts';

/** What a person does next with a lab that has just come up: its machines are there, the network is not. */
export function renderNextSteps(file: string, doc: Topology, colours: Paint): string {
  const word = fileWord(clean(file));
  const machine = Object.keys(doc.instances ?? {})[0] ?? Object.keys(doc.nodes ?? {})[0];
  const rows = [
    [commandLine('apply', '--lab', word), 'make the network'],
    [commandLine('verify', '--lab', word), 'try what it should do'],
    ...(machine === undefined ? [] : [[commandLine('lab', 'exec', word, clean(machine)), 'a shell inside']]),
    [commandLine('lab', 'down', word), 'end it, with all that is in it'],
  ].map(([command = '', what = '']) => [colours.cyan(command), colours.dim(what)]);
  return ['', 'Next:', ...align(rows, '  '), ''].join('\n');
}
