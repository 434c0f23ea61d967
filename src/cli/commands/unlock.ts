import type { Command } from 'commander';
import type { HeldLock } from '../../model/host.ts';
import { heldBy } from '../../model/lock-holder.ts';
import { clean } from '../../render/clean.ts';
import { unlockNode, type LockedNode, type Unlocked } from '../../session/unlock.ts';
import { addAbout, addExamples, addExitCodes, addLab } from '../common.ts';
import { askConsent, notApproved } from '../consent.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { readHost, reachesOf } from '../gc/names.ts';
import { addFlag } from '../option.ts';

interface Options {
  readonly lab?: boolean;
  readonly host?: string;
  readonly yes?: boolean;
  readonly force?: boolean;
}

/** Adds `unlock`, which ends the netloom that holds a node's lock. */
export function addUnlock(program: Command, act: Act): void {
  const command = program
    .command('unlock')
    .description('end the netloom that holds the lock of a node, and free the lock')
    .argument('[file]', 'the topology file; - reads standard input')
    .argument('[node]', 'the node');
  addFlag(command, '--host <host>', 'a host by SSH ([USER@]HOST) instead of a node of a file', {
    env: 'NETLOOM_UNLOCK_HOST',
  });
  command.options.at(-1)?.argParser<string>(readHost);
  addFlag(command, '-y, --yes', 'do not ask');
  addFlag(command, '--force', 'end also a revert of an apply with --confirm; it leaves the node half-way', {
    env: 'NETLOOM_UNLOCK_FORCE',
  });
  addLab(command);
  addAbout(
    command,
    'netloom holds the lock of a node while it changes the node. The lock is freed when netloom ends, and 30 s after ' +
      'the node has last heard of it. This ends the holder and the commands that it runs on the node at once; ' +
      'what they have changed is kept, and the next apply continues from there. If it was an apply with --confirm, ' +
      'the node reverts it; a revert itself is ended with --force only.',
  );
  addExitCodes(
    command,
    [0, 'the lock is free, or a netloom that waited for it has it'],
    [1, 'it is held: an error, no consent, a revert, or a process that cannot be killed'],
  );
  addExamples(command, [
    ['who holds the lock? Ask, and end it', 'unlock topology.yaml controller'],
    ['a node of the lab, without asking', 'unlock --lab --yes topology.yaml controller'],
    ['if the file is lost', 'unlock --host root@192.0.2.10'],
  ]).action(act(unlock));
}

async function unlock(
  context: Context,
  file: string | undefined,
  node: string | undefined,
  options: Options,
): Promise<number> {
  const result = await unlockNode(context.session, locationOf(file, node, options), {
    force: options.force === true,
    consent: (name, held) => {
      context.output.out.write(`${heldText(name, held)}\n`);
      return askConsent(context, 'end this and free the lock', options.yes === true);
    },
  });
  if (result.outcome === 'kept') throw notApproved();
  if (result.outcome === 'reverting') throw revertingError(result);
  if (result.outcome === 'stuck') throw stuckError(result);
  const { out } = context.output;
  if (result.outcome === 'passed') out.write(`It has ended. ${heldText(result.node, result.held)}\n`);
  else out.line(`The lock of ${clean(result.node)} is free.`);
  return EXIT.ok;
}

function locationOf(file: string | undefined, node: string | undefined, { lab, host }: Options): LockedNode {
  if (file !== undefined && node !== undefined && host === undefined) return { file, node, lab: lab === true };
  if (file === undefined && host !== undefined) return { reaches: reachesOf([host]) };
  throw cliError('NLX51', 'unlock needs a file and a node of it, or --host', {
    hint: 'such as `netloom unlock topology.yaml node1`',
  });
}

function heldText(node: string, { holder, processes }: HeldLock): string {
  const who = heldBy(holder) ?? 'an unknown netloom';
  return [
    `The lock of ${node} is held by ${who}:`,
    ...processes.map(({ pid, state, command }) => `  pid ${String(pid)} (${state})  ${command}`),
  ]
    .map(clean)
    .join('\n');
}

function revertingError({ node, held }: Unlocked): Error {
  return cliError('NLX52', `${clean(node)} reverts an apply that was not confirmed, and holds its own lock`, {
    detail: `${heldText(node, held)}\nEnded now, the node would be left between two states. Nothing was ended.`,
    hint: 'wait: it ends by itself; with --force it is ended, and the command revert carries it on',
  });
}

function stuckError({ node, held: { processes } }: Unlocked): Error {
  const [first] = processes;
  return cliError('NLX50', `the lock of ${node} is still held`, {
    detail: [
      'These processes cannot be killed:',
      ...processes.map(({ pid, state, command }) => `  pid ${String(pid)} (${state})  ${command}`),
    ].join('\n'),
    hint: `find out what they wait for on ${node}: \`cat /proc/${String(first?.pid ?? '')}/stack\``,
  });
}
