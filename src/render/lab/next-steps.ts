import type { Topology } from '../../topology/types.gen.ts';
import { clean } from '../clean.ts';
import { align } from '../columns.ts';
import type { Paint } from '../colour.ts';

/** What a person does next with a lab that has just come up: its machines are there, the network is not. */
export function renderNextSteps(file: string, doc: Topology, colours: Paint): string {
  const name = /^[\w./:@%+=-]+$/.test(file) ? file : `'${clean(file).replaceAll("'", "'\\''")}'`;
  const machine = Object.keys(doc.instances ?? {})[0] ?? Object.keys(doc.nodes ?? {})[0] ?? 'NAME';
  const rows = [
    [`netloom apply --lab ${name}`, 'make the network'],
    [`netloom verify --lab ${name}`, 'try what it should do'],
    [`netloom lab exec ${name} ${clean(machine)} -- sh`, 'look around inside'],
    [`netloom lab down ${name}`, 'end it, with all that is in it'],
  ].map(([command = '', what = '']) => [colours.cyan(command), colours.dim(what)]);
  return ['', 'Next:', ...align(rows, '  '), ''].join('\n');
}
