import type { Command } from 'commander';
import { addAbout, addExamples, addExitCodes, addFile } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { findLabTarget } from './target.ts';

/** Adds `lab exec`, which runs a command or a shell in a namespace of the lab. */
export function addLabExec(lab: Command, act: Act): void {
  const command = addFile(lab.command('exec').description('run a command or a shell in a namespace of the lab'))
    .argument('<name>', 'a node, instance, outside host, router or network')
    .argument('[command...]', 'the command and its arguments, after --; a shell by default');
  addAbout(
    command,
    'The name of a router selects its namespace, the name of a network that of its DHCP server. ' +
      'Write an ambiguous name as node/NAME, instance/NAME, host/NAME, router/NAME or dhcp/NAME.',
    'The shell is $SHELL, or bash or sh, without its start files; its prompt shows the lab and the name.',
  );
  addExitCodes(command, ['any', 'the exit code of the command'], [1, 'also: an error of netloom']);
  addExamples(command, [
    ['from an instance', 'lab exec topology.yaml test1 -- ping -c 3 11.11.11.111'],
    ['a shell on a node', 'lab exec topology.yaml controller'],
    ['the rules of a router', 'lab exec topology.yaml router1 -- iptables-save -t nat'],
    ['the DHCP server of a network', 'lab exec topology.yaml dhcp/flat1 -- ip address'],
  ]).action(act(exec));
}

async function exec(context: Context, file: string, name: string, argv: readonly string[]): Promise<number> {
  if (file === '-') throw cliError('NLX02', 'lab exec needs a file: the command reads standard input');
  const { topology, target } = await findLabTarget(context, file, name);
  context.leaveInterrupts();
  return context.execInLab(topology, target, argv);
}
