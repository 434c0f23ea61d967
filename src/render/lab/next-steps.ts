import { commandLine, fileWord } from '../../model/command-line.ts';
import type { Topology } from '../../topology/types.gen.ts';
import { clean } from '../clean.ts';
import { align } from '../align.ts';
import type { Paint } from '../colour.ts';

/** Returns the next commands for a lab that was just started and has no network yet. */
export function renderNextSteps(file: string, doc: Topology, colours: Paint): string {
  const word = fileWord(clean(file));
  const machine = Object.keys(doc.instances ?? {})[0] ?? Object.keys(doc.nodes ?? {})[0];
  const rows = [
    [commandLine('apply', '--lab', word), 'create the network'],
    [commandLine('verify', '--lab', word), 'try what the file expects'],
    ...(machine === undefined ? [] : [[commandLine('lab', 'exec', word, clean(machine)), 'a shell inside']]),
    [commandLine('lab', 'down', word), 'end the lab and everything in it'],
  ].map(([command = '', what = '']) => [colours.cyan(command), colours.dim(what)]);
  return ['', 'Next:', ...align(rows, '  '), ''].join('\n');
}
