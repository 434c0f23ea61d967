import type { Command } from 'commander';
import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { FORMAT_VERSION } from '../../render/format-version.ts';
import type { ListedPort, PortFilter } from '../../render/port/ports.ts';
import { loadDesired } from '../../session/desired.ts';
import { addAbout, addExamples, addExitCodes, addFile, addJson } from '../common.ts';
import type { Act, Context } from '../context.ts';
import { cliError } from '../error.ts';
import { EXIT } from '../exit.ts';
import { addFlag } from '../option.ts';
import { diagnosticsJson, printDiagnostics, printJson } from '../report.ts';

interface Options {
  readonly node?: string;
  readonly instance?: string;
  readonly all?: boolean;
  readonly libvirt?: boolean;
}

/** Adds `port`, which shows the properties that netloom derives for ports. */
export function addPort(program: Command, act: Act): void {
  const port = program.command('port').description('the ports of a topology; no node is contacted');
  const list = addFile(
    port.command('list').description('list ports with MAC, addresses, node, device, groups and floating IPs'),
  );
  addFlag(list, '--node <name>', 'ports on this node only', { env: 'NETLOOM_PORT_NODE' });
  addFlag(list, '--instance <name>', 'ports of this instance only', { env: 'NETLOOM_PORT_INSTANCE' });
  addFlag(list, '--all', 'ports of routers and DHCP servers too', { env: 'NETLOOM_PORT_ALL' });
  addFlag(list, '--libvirt', "print libvirt's <interface> elements for instances with `attach: tap`", {
    env: 'NETLOOM_PORT_LIBVIRT',
  });
  list.options.at(-1)?.conflicts(['json', 'all']);
  addJson(list);
  addAbout(
    list,
    'Everything is derived from the file. netloom creates the taps; libvirt 5.7.0 or later opens them unchanged.',
  );
  addExitCodes(list, [0, 'printed'], [1, 'an error in the file, or no such node, instance or port']);
  addExamples(list, [
    ['every port of the instances', 'port list topology.yaml'],
    ['the elements to paste into the domain of vm1', 'port list --libvirt --instance vm1 topology.yaml'],
    ['MAC and addresses for a program', "port list --json topology.yaml | jq '.ports[] | [.mac_address, .fixed_ips]'"],
  ]).action(act(listed));
}

async function listed(context: Context, file: string, options: Options): Promise<number> {
  const { resolved, warnings } = await loadDesired(context.session, file);
  const filter: PortFilter = { node: options.node, instance: options.instance, all: options.all === true };
  checkNames(resolved, filter);
  const { listPorts } = await import('../../render/port/ports.ts');
  const ports = listPorts(resolved, filter);
  if (context.json) {
    const diagnostics = await diagnosticsJson(context, warnings);
    printJson(context, { format_version: FORMAT_VERSION, topology: resolved.name, ports, diagnostics });
    return EXIT.ok;
  }
  await printDiagnostics(context, warnings);
  const { out } = context.output;
  if (options.libvirt === true) {
    const { libvirtText } = await import('../../render/port/libvirt.ts');
    out.write(libvirtText(ofHypervisors(ports)));
  } else {
    const { portsText } = await import('../../render/port/text.ts');
    out.write(portsText(ports, out.columns));
  }
  return EXIT.ok;
}

/** Throws if the file has no node or instance of the given name. */
function checkNames({ nodes, instances }: ResolvedTopology, { node, instance }: PortFilter): void {
  const hint = (names: Iterable<string>) => ({ hint: `it has ${[...names].slice(0, 20).join(', ') || 'none'}` });
  if (node !== undefined && !nodes.has(node)) {
    throw cliError('NLX22', `the topology has no node ${JSON.stringify(node)}`, hint(nodes.keys()));
  }
  if (instance !== undefined && !instances.has(instance)) {
    throw cliError('NLX23', `the topology has no instance ${JSON.stringify(instance)}`, hint(instances.keys()));
  }
}

/** Returns the ports of guests that a hypervisor runs. @throws DiagnosticError NLX23 if there are none */
function ofHypervisors(ports: readonly ListedPort[]): readonly ListedPort[] {
  const taps = ports.filter(({ attach }) => attach === 'tap');
  if (taps.length > 0) return taps;
  throw cliError('NLX23', 'no port selected has a tap for a hypervisor', {
    hint: 'set `attach: tap` in the instance that libvirt runs',
  });
}
