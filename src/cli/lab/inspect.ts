import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import { loadDesired } from '../../session/desired.ts';
import { inspectLab } from '../../session/lab.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { printJson } from '../report.ts';

/** Adds `lab inspect`, which lists the machines of a lab with what the network gave them. */
export function addLabInspect(lab: Command, act: Act): void {
  const command = addJson(
    addFile(lab.command('inspect').description('list the machines of the lab: node, addresses and state of each')),
  );
  addAbout(
    command,
    'Machines are nodes, routers, DHCP servers, instances and outside hosts. The addresses are those that they have ' +
      'now. `lab status` shows the devices and leases.',
  );
  addExitCodes(command, [0, 'shown, whether the lab is up or down'], [1, 'an error']);
  addExamples(command, [
    ['a line for each machine', 'lab inspect topology.yaml'],
    [
      'the addresses of the routers',
      `lab inspect --json topology.yaml | jq '.machines[] | select(.kind == "router") | .devices'`,
    ],
  ]).action(act(inspect));
}

async function inspect(context: Context, file: string): Promise<number> {
  const inventory = await inspectLab(context.session, await loadDesired(context.session, file));
  if (context.json) {
    printJson(context, { format_version: FORMAT_VERSION, ...inventory });
  } else {
    const { renderLabInspect } = await import('../../render/lab/inspect.ts');
    const { out } = context.output;
    out.write(renderLabInspect(inventory, file, out.colours, out.tableColumns));
  }
  return EXIT.ok;
}
