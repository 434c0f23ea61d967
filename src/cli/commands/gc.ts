import type { Command } from 'commander';
import { withMachines } from '../../session/machines.ts';
import { addAbout, addAllowLockout, addDetail, addExamples, addExitCodes, addJson, addNoCache } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { showAndCollect, type GcOptions } from '../gc/collect.ts';
import { readHost, readTopologyName, reachesOf } from '../gc/names.ts';
import { cliError } from '../error.ts';
import { addLockTimeout, addParallelism, addTimeout } from '../limits.ts';
import { addFlag, addListFlag } from '../option.ts';
import { startJsonLines } from '../report.ts';

const ABOUT = [
  "It finds every object with netloom's mark on this host, or on the given hosts, whatever its file: after a crash, " +
    'or if the file is lost. It cannot tell a network in use from a forgotten one: use --dry-run first. ' +
    'Borrowed NICs get their addresses back, as with destroy.',
  'It does not search labs, which have namespaces of their own: `lab down` ends one.',
];

/** Adds `gc`, which finds and deletes the objects of topologies without their files. */
export function addGc(program: Command, act: Act): void {
  const command = program.command('gc').description('find and delete objects of topologies whose file is lost');
  addListFlag(command, '--topology <name>', 'only this topology; may be repeated', readTopologyName);
  addFlag(command, '--all', 'with --yes: every topology that is found');
  addListFlag(
    command,
    '--host <host>',
    'search a host by SSH ([USER@]HOST) instead of this one; may be repeated',
    readHost,
  );
  addFlag(command, '--dry-run', 'list what would be deleted; nothing is changed');
  addFlag(command, '-y, --yes', 'do not ask; needs --topology or --all');
  addAllowLockout(command);
  addNoCache(addParallelism(addLockTimeout(addTimeout(command))));
  addDetail(command);
  addJson(
    command,
    'lines',
    'a line each for the version, the survey, every plan, event and end; needs --yes or --dry-run',
  );
  addAbout(command, ...ABOUT);
  addExitCodes(
    command,
    [0, 'deleted, listed, or unchanged because the answer was not yes'],
    [1, 'an object could not be deleted, or still names a deleted topology'],
  );
  addExamples(command, [
    ['all topologies on this host, and what would be deleted', 'gc --dry-run'],
    ['ask for each topology, delete', 'gc'],
    [
      'one topology, on the hosts of its nodes',
      'gc --host root@192.0.2.10 --host root@192.0.2.11 --topology demo --yes',
    ],
    ['on a node of a lab', 'lab exec topology.yaml controller -- netloom gc --dry-run'],
  ]).action(act(gc));
}

async function gc(context: Context, options: GcOptions): Promise<number> {
  if (options.yes === true && options.topology === undefined && options.all !== true) {
    throw cliError('NLX12', '--yes needs the topologies to delete', {
      hint: 'list them with --dry-run, then name them with --topology, or use --all',
    });
  }
  startJsonLines(context);
  return withMachines(context.session, reachesOf(options.host ?? []), (shells) =>
    showAndCollect(context, shells, options),
  );
}
