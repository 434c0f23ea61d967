import { Help, type Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { startLab, statusOfLab } from '../../session/lab.ts';
import { loadValid, loadDesired } from '../../session/desired.ts';
import { addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addLabCapture } from '../lab/capture.ts';
import { addLabDown } from '../lab/down.ts';
import { addLabExec } from '../lab/exec.ts';
import { addLabInspect } from '../lab/inspect.ts';
import { addLabList } from '../lab/list.ts';
import { addLabRenew } from '../lab/renew.ts';
import { printDiagnostics, printJson, startJsonLines } from '../report.ts';

/** Adds `lab`: a lab has a topology's nodes, instances and outside hosts as namespaces of this host. */
export function addLabCommands(program: Command, act: Act): void {
  const lab = program
    .command('lab')
    .description('the embedded lab: a topology’s nodes, instances and outside hosts as namespaces of this host');
  // With `[options]` the longest line would leave no room for its description.
  lab.configureHelp({ subcommandTerm: (command) => new Help().subcommandTerm(command).replace(' [options]', '') });
  addExamples(lab, [
    ['start the lab and create the network in it', 'lab up topology.yaml && netloom apply --lab topology.yaml'],
    ['run a command in an instance', 'lab exec topology.yaml test1 -- ping -c 3 10.10.10.12'],
    ['end the lab', 'lab down topology.yaml'],
  ]);
  const up = addJson(
    addFile(lab.command('up').description('start nodes, instances and outside hosts, without applying the topology')),
    'lines',
    'a line each for the version and every event',
  );
  addExitCodes(up, [0, 'the lab is up'], [1, 'an error']);
  addExamples(up, [['start the lab, or update it to the current file', 'lab up topology.yaml']]).action(act(labUp));
  addLabDown(lab, act);
  addLabList(lab, act);
  const status = addJson(
    addFile(
      lab.command('status').description('show the nodes, instances and outside hosts of the lab with their addresses'),
    ),
  );
  addExitCodes(status, [0, 'shown, whether the lab is up or down'], [1, 'an error']);
  addExamples(status, [
    ['all parts of the lab and their addresses', 'lab status topology.yaml'],
    ['the state of DHCP on every port', "lab status --json topology.yaml | jq '.instances[].ports[].dhcp'"],
  ]).action(act(labStatus));
  addLabInspect(lab, act);
  addLabExec(lab, act);
  addLabCapture(lab, act);
  addLabRenew(lab, act);
}

async function labUp(context: Context, file: string): Promise<number> {
  startJsonLines(context);
  const desired = await loadDesired(context.session, file);
  await printDiagnostics(context, desired.warnings);
  await startLab(context.session, desired);
  if (context.json) return EXIT.ok;
  const { renderNextSteps } = await import('../../render/lab/next-steps.ts');
  const { out } = context.output;
  out.write(renderNextSteps(file, desired.topology.doc, out.colours));
  return EXIT.ok;
}

async function labStatus(context: Context, file: string): Promise<number> {
  const { topology } = await loadValid(context.session, file);
  const status = await statusOfLab(context.session, topology);
  if (context.json) {
    printJson(context, { format_version: FORMAT_VERSION, ...status });
  } else {
    const { renderLabStatus } = await import('../../render/lab/status.ts');
    const { out } = context.output;
    out.write(renderLabStatus(status, file, out.colours, out.tableColumns));
  }
  return EXIT.ok;
}
