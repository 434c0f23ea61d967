import type { Command } from 'commander';
import { addAbout, addExamples, addExitCodes, addFile } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { findLabPlace } from './place.ts';

/** `lab exec`: a command, or a shell, in a place of the lab. */
export function addLabExec(lab: Command, act: Act): void {
  const command = addFile(lab.command('exec').description('run a command, or a shell, in a place of the lab'))
    .argument('<name>', 'a node, instance, outside host, router or network')
    .argument('[command...]', 'the command and its arguments, after --; a shell by default');
  addAbout(
    command,
    'The name of a router leads into its namespace, the name of a network into that of its DHCP server. ' +
      'A name that several have is written node/NAME, instance/NAME, host/NAME, router/NAME or dhcp/NAME.',
    'The shell is $SHELL, or bash or sh, without its start files; its prompt says where it is.',
  );
  addExitCodes(command, ['any', 'that of the command'], [1, 'also: an error of netloom']);
  addExamples(command, [
    ['from an instance', 'lab exec topology.yaml test1 -- ping -c 3 11.11.11.111'],
    ['a shell on a node', 'lab exec topology.yaml controller'],
    ['the rules of a router', 'lab exec topology.yaml router1 -- iptables-save -t nat'],
    ['the DHCP server of a network', 'lab exec topology.yaml dhcp/flat1 -- ip address'],
  ]).action(act(exec));
}

async function exec(context: Context, file: string, name: string, argv: readonly string[]): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'lab exec needs a file; standard input is the command’s');
  const { topology, place } = await findLabPlace(context, file, name);
  context.leaveInterrupts();
  return context.execInLab(topology, place, argv);
}
