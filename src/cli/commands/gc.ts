import type { Command } from 'commander';
import { withMachines } from '../../session/machines.ts';
import { addAbout, addDetail, addExamples, addExitCodes, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { showAndCollect, type GcOptions } from '../gc/collect.ts';
import { readHost, readTopologyName, reachesOf } from '../gc/names.ts';
import { cliError } from '../error.ts';
import { addFlag, addListFlag } from '../option.ts';
import { startJsonLines } from '../report.ts';

const ABOUT = [
  "It finds what carries netloom's mark on this machine, or on the hosts, whatever file it came from: after a crash, " +
    'or when the file is lost. It cannot tell what was forgotten from a network in use: look with --dry-run first. ' +
    'NICs get their addresses back as by destroy.',
  'It does not look into labs, which have namespaces of their own: `lab down` ends one.',
];

/** `gc`: find and remove what topologies left behind, without their files. */
export function addGc(program: Command, act: Act): void {
  const command = program.command('gc').description('find and remove what topologies left behind, without their files');
  addListFlag(command, '--topology <name>', 'only this topology; may be repeated', readTopologyName);
  addFlag(command, '--all', 'with --yes: every topology that is found');
  addListFlag(
    command,
    '--host <host>',
    'look there by SSH ([USER@]HOST), not on this machine; may be repeated',
    readHost,
  );
  addFlag(command, '--dry-run', 'list what would be removed; nothing is touched');
  addFlag(command, '-y, --yes', 'do not ask; needs --topology or --all');
  addDetail(command);
  addJson(
    command,
    'lines',
    'a line each for the version, what is found, every plan, event and end; needs --yes or --dry-run',
  );
  addAbout(command, ...ABOUT);
  addExitCodes(
    command,
    [0, 'removed, or listed, or left alone because the answer was not yes'],
    [1, 'something could not be removed, or still names a removed topology'],
  );
  addExamples(command, [
    ['what is there, and what would go', 'gc --dry-run'],
    ['ask for each topology, remove', 'gc'],
    ['one topology, on the hosts it was on', 'gc --host root@192.0.2.10 --host root@192.0.2.11 --topology demo --yes'],
    ['a node of a lab is a machine of its own', 'lab exec topology.yaml controller -- netloom gc --dry-run'],
  ]).action(act(gc));
}

async function gc(context: Context, options: GcOptions): Promise<number> {
  if (options.yes === true && options.topology === undefined && options.all !== true) {
    throw cliError('NLX12', '--yes is given, and it is not said which topologies are to go', {
      hint: 'look with --dry-run, then name them with --topology, or use --all',
    });
  }
  startJsonLines(context);
  return withMachines(context.session, reachesOf(options.host ?? []), (shells) =>
    showAndCollect(context, shells, options),
  );
}
