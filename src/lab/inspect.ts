import type { ShellOptions } from '../model/host.ts';
import { runningLab } from './entry.ts';
import { namespaceKey, parseNamespaces, type DeviceReport } from './report.ts';
import { NAMESPACES_SCRIPT } from './scripts/index.ts';
import type { LabTopology } from './shape.ts';
import { openFabric } from './shell.ts';
import { labStatus, type LabInstanceStatus, type LabStatus } from './status.ts';
import type { LabTarget } from './targets.ts';

/**
 * The state of a machine. `down`: the lab does not run it. `missing`: its namespace is not there, or a port has no
 * device yet. `asking`: a port has no address yet.
 */
export type MachineState = 'up' | 'down' | 'missing' | 'asking';

/** A node, instance, router, DHCP server or outside host of a lab. */
export interface LabMachine {
  readonly kind: LabTarget['kind'];
  readonly name: string;
  /** The node that it is on; `null` for nodes and outside hosts. */
  readonly node: string | null;
  readonly state: MachineState;
  /** The IPv4 addresses that it has now, with prefix lengths, by device. */
  readonly devices: readonly { readonly device: string; readonly addresses: readonly string[] }[];
}

/** The machines of a lab. */
export interface LabInventory {
  readonly name: string;
  readonly up: boolean;
  readonly machines: readonly LabMachine[];
}

/**
 * Returns all machines of a topology's lab as they are now. Changes nothing.
 * @param targets the routers and DHCP servers, which are in namespaces of the nodes
 */
export async function labInspect(
  topology: LabTopology,
  targets: readonly LabTarget[],
  options: ShellOptions = {},
): Promise<LabInventory> {
  const status = await labStatus(topology, options);
  const namespaces = status.up ? await readNamespaces(status.name, options) : new Map<string, never>();
  return { name: status.name, up: status.up, machines: machinesOf(status, targets, namespaces) };
}

async function readNamespaces(
  name: string,
  options: ShellOptions,
): Promise<ReadonlyMap<string, readonly DeviceReport[]>> {
  const lab = await runningLab(name);
  if (lab === undefined) return new Map();
  const shell = await openFabric(lab, options);
  try {
    return parseNamespaces(await shell.read(NAMESPACES_SCRIPT));
  } finally {
    await shell.close();
  }
}

/** Returns the machines in the order nodes, routers and DHCP servers, instances, outside hosts. */
export function machinesOf(
  { nodes, instances, hosts }: Pick<LabStatus, 'nodes' | 'instances' | 'hosts'>,
  targets: readonly LabTarget[],
  namespaces: ReadonlyMap<string, readonly DeviceReport[]>,
): LabMachine[] {
  const machine =
    (kind: 'node' | 'host') =>
    (status: LabStatus['hosts'][number]): LabMachine => ({
      kind,
      name: status.name,
      node: null,
      state: status.up ? 'up' : 'down',
      devices: status.nics.map(({ device, addresses }) => ({ device, addresses })),
    });
  const inNamespace = ({ kind, name, member, netns }: LabTarget): LabMachine => {
    const own = nodes.find((node) => node.name === member.name);
    const found = netns === null ? undefined : namespaces.get(namespaceKey(member.name, netns));
    const state = own?.up !== true ? 'down' : found === undefined && netns !== null ? 'missing' : 'up';
    return { kind, name, node: member.name, state, devices: withAddresses(found ?? []) };
  };
  return [
    ...nodes.map(machine('node')),
    ...targets.map(inNamespace),
    ...instances.map(guest),
    ...hosts.map(machine('host')),
  ];
}

function guest({ name, node, up, ports }: LabInstanceStatus): LabMachine {
  const states = ports.map(({ dhcp }) => dhcp);
  const state = !up ? 'down' : states.includes('absent') ? 'missing' : states.includes('asking') ? 'asking' : 'up';
  const devices = ports.map(({ device, address }) => ({ device, addresses: address === null ? [] : [address] }));
  return { kind: 'instance', name, node, state, devices };
}

function withAddresses(devices: readonly DeviceReport[]): LabMachine['devices'] {
  return devices
    .filter(({ device, addresses }) => device !== 'lo' && addresses.length > 0)
    .map(({ device, addresses }) => ({ device, addresses }));
}
