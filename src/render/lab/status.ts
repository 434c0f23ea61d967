import type { LabInstanceStatus, LabMachineStatus, LabNodeStatus, LabPortStatus, LabStatus } from '../../lab/index.ts';
import { commandLine, fileWord } from '../../model/command-line.ts';
import { clean } from '../clean.ts';
import type { Paint } from '../colour.ts';
import { table } from '../table.ts';

/** Returns a lab as a table: a line per device; below it the command that starts what does not run. */
export function renderLabStatus(status: LabStatus, file: string, colours: Paint, columns = Infinity): string {
  const state = status.up ? colours.green('up') : colours.yellow('down');
  const heading = `${colours.bold(`lab ${clean(status.name)}`)}: ${state}\n`;
  if (!status.up) return heading;
  const rows = [
    ...status.nodes.flatMap((node) => [...machineRows('node', node, colours), ...switchRows(node, colours)]),
    ...status.instances.flatMap((instance) => instanceRows(instance, colours)),
    ...status.hosts.flatMap((machine) => machineRows('host', machine, colours)),
  ];
  const head = ['KIND', 'NAME', 'DEVICE', 'MAC', 'ADDRESS', 'STATE'].map((word) => colours.dim(word));
  const dead = status.nodes.some(({ up, openvswitch }) => up && openvswitch?.up === false);
  const command = `\nTo start what does not run: ${colours.cyan(commandLine('lab', 'up', fileWord(clean(file))))}\n`;
  return `${heading}\n${table(head, rows, columns)}\n${dead ? command : ''}`;
}

function machineRows(kind: string, { name, up, nics }: LabMachineStatus, colours: Paint): readonly string[][] {
  const state = up ? colours.green('up') : colours.red('down');
  if (nics.length === 0) return [[kind, clean(name), '', '', '', state]];
  return nics.map(({ device, mac, addresses }) => [
    kind,
    clean(name),
    clean(device),
    clean(mac),
    clean(addresses.join(', ')),
    state,
  ]);
}

function switchRows({ name, up, openvswitch }: LabNodeStatus, colours: Paint): readonly string[][] {
  if (!up || openvswitch === null) return [];
  const state = openvswitch.up ? colours.green('up') : colours.red(`no ${openvswitch.dead.join(', no ')}`);
  return [['node', clean(name), 'Open vSwitch', '', '', state]];
}

function instanceRows({ name, node, up, ports }: LabInstanceStatus, colours: Paint): readonly string[][] {
  const label = `${clean(name)} @${clean(node)}`;
  if (!up || ports.length === 0)
    return [['instance', label, '', '', '', up ? colours.green('up') : colours.red('down')]];
  return ports.map((port) => [
    'instance',
    label,
    clean(port.device),
    clean(port.mac ?? ''),
    clean(port.address ?? ''),
    portState(port, colours),
  ]);
}

function portState({ dhcp }: LabPortStatus, colours: Paint): string {
  switch (dhcp) {
    case 'absent':
      return colours.yellow('no device yet');
    case 'asking':
      return colours.yellow('asks for an address');
    case 'bound':
      return colours.green('address by DHCP');
    case 'static':
      return colours.green('address set');
  }
}
