import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { startLab, statusOfLab } from '../../session/lab.ts';
import { loadValid, loadDesired } from '../../session/desired.ts';
import { addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { addLabDown } from '../lab/down.ts';
import { addLabExec } from '../lab/exec.ts';
import { addLabList } from '../lab/list.ts';
import { printDiagnostics, printJson, startJsonLines } from '../report.ts';

/** `lab`: the embedded lab, in which a topology's nodes, instances and outside hosts are namespaces of this machine. */
export function addLabCommands(program: Command, act: Act): void {
  const lab = program
    .command('lab')
    .description('the embedded lab: all of a topology’s machines, as namespaces of this one');
  addExamples(lab, [
    ['machines up, network made, looked at', 'lab up topology.yaml && netloom apply --lab topology.yaml'],
    ['a look inside', 'lab exec topology.yaml test1 -- ping -c 3 10.10.10.12'],
    ['all gone', 'lab down topology.yaml'],
  ]);
  const up = addJson(
    addFile(lab.command('up').description('start the machines of a topology, with nothing applied')),
    'lines',
    'a line each for the version and every event',
  );
  addExitCodes(up, [0, 'the lab is up'], [1, 'an error']);
  addExamples(up, [['start it, or bring it to what the file says by now', 'lab up topology.yaml']]).action(act(labUp));
  addLabDown(lab, act);
  addLabList(lab, act);
  const status = addJson(
    addFile(lab.command('status').description('what is up in the lab, and who has which address')),
  );
  addExitCodes(status, [0, 'shown, whether the lab is up or down'], [1, 'an error']);
  addExamples(status, [
    ['machines and addresses', 'lab status topology.yaml'],
    ['wait until every instance has its address', "lab status --json topology.yaml | jq '.instances[].ports[].dhcp'"],
  ]).action(act(labStatus));
  addLabExec(lab, act);
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
