import type { Command } from 'commander';
import { loadDesired } from '../../session/desired.ts';
import type { InstancePort, ResolvedTopology } from '../../resolve/resolved.ts';
import { addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

/** Adds `explain`, which describes the effect of a part of a topology in words. */
export function addExplain(program: Command, act: Act): void {
  const explain = program
    .command('explain')
    .description('describe the effect of a part of a topology; no node is contacted');
  const port = explain
    .command('port')
    .description('list the traffic that an instance’s security groups allow, with the line of each rule')
    .argument('<port>', 'INSTANCE, or INSTANCE/PORT if it has several');
  addJson(addFile(port));
  addExitCodes(port, [0, 'printed'], [1, 'an error in the file, or no such port']);
  addExamples(port, [
    ['the traffic that test1 may receive and send', 'explain port test1 topology.yaml'],
    ['one port of several, for a program', 'explain port --json router/eth1 topology.yaml'],
  ]).action(act(explainPort));
}

async function explainPort(context: Context, target: string, file: string): Promise<number> {
  const { resolved, warnings } = await loadDesired(context.session, file);
  await printDiagnostics(context, warnings);
  const { instance, port } = portNamed(resolved, target);
  const render = await import('../../render/explain/port.ts');
  const explained = render.explainPort(resolved, instance, port);
  if (context.json) printJson(context, render.explainedDocument(explained, await diagnosticsJson(context, warnings)));
  else context.output.out.write(render.explainedText(explained, context.output.out.tableColumns));
  return EXIT.ok;
}

function portNamed(
  { instances }: ResolvedTopology,
  target: string,
): { readonly instance: string; readonly port: InstancePort } {
  const slash = target.indexOf('/');
  const name = slash < 0 ? target : target.slice(0, slash);
  const device = slash < 0 ? undefined : target.slice(slash + 1);
  const instance = instances.get(name);
  if (instance === undefined) {
    const hint = `it has ${listed([...instances.keys()]) ?? 'no instances'}`;
    throw cliError('NLX23', `the topology has no instance ${JSON.stringify(name)}`, { hint });
  }
  const devices = listed(instance.ports.map((port) => port.device));
  const [port, ...others] = instance.ports.filter((one) => device === undefined || one.device === device);
  if (port === undefined) {
    const summary = device === undefined ? `${name} has no port` : `${name} has no port ${JSON.stringify(device)}`;
    throw cliError('NLX23', summary, devices === undefined ? {} : { hint: `it has ${devices}` });
  }
  if (others.length === 0) return { instance: name, port };
  throw cliError('NLX23', `${name} has several ports`, { hint: `name one of them: ${name}/${port.device}` });
}

function listed(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.slice(0, 20).join(', ');
}
