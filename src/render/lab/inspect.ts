import type { LabInventory, LabMachine } from '../../lab/index.ts';
import { commandLine, fileWord } from '../../model/command-line.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { table } from '../table.ts';

/** The most addresses of a machine that the table shows; JSON has all of them. */
const SHOWN = 4;

/** Returns a lab as a table: a line per machine, with its node, the addresses that it has now, and its state. */
export function renderLabInspect(
  { name, up, machines }: LabInventory,
  file: string,
  colours: Paint,
  columns: number,
): string {
  const heading = colours.bold(`lab ${clean(name)}`);
  const next = (words: readonly string[]): string => colours.cyan(commandLine(...words, fileWord(clean(file))));
  if (!up) return `${heading}: ${colours.yellow('down')}; to start it: ${next(['lab', 'up'])}\n`;
  const head = ['KIND', 'NAME', 'NODE', 'ADDRESSES', 'STATE'].map((word) => colours.dim(word));
  const rows = machines.map((machine) => [
    machine.kind,
    clean(machine.name),
    clean(machine.node ?? '-'),
    clean(addressesOf(machine)),
    stateOf(machine, colours),
  ]);
  const waits = machines.some(({ state }) => state === 'missing' || state === 'asking');
  const hint = waits ? `\nTo create what is missing: ${next(['apply', '--lab'])}\n` : '';
  return `${heading}: ${colours.green('up')}\n\n${table(head, rows, columns)}\n${hint}`;
}

function addressesOf({ devices }: LabMachine): string {
  const all = devices.flatMap(({ addresses }) => addresses);
  if (all.length === 0) return '-';
  const more = all.length - SHOWN;
  return all.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}

function stateOf({ kind, state }: LabMachine, colours: Paint): string {
  switch (state) {
    case 'up':
      return colours.green('up');
    case 'down':
      return colours.red('down');
    case 'missing':
      return colours.yellow(kind === 'instance' ? 'no device yet' : 'no namespace yet');
    case 'asking':
      return colours.yellow('asks for an address');
  }
}
