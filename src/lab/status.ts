import type { ShellOptions } from '../model/host.ts';
import { runningLab } from './entry.ts';
import { parseReport, type DeviceReport, type MemberReport } from './report.ts';
import { STATUS_SCRIPT } from './scripts/index.ts';
import { labShape } from './shape-of.ts';
import { openFabric } from './shell.ts';
import { memberKey, type GuestPort, type LabTopology, type Member } from './shape.ts';

/** The daemons of Open vSwitch, in the order in which they are started. */
const DAEMONS = ['ovsdb-server', 'ovs-vswitchd'] as const;

/** A port of an instance. `dhcp` is its state: no device yet, asking, bound, or an address without DHCP. */
export interface LabPortStatus {
  readonly device: string;
  readonly mac: string | null;
  readonly address: string | null;
  readonly dhcp: 'absent' | 'asking' | 'bound' | 'static';
  /** The options of the DHCP server: server, router, routes, dns, mtu, lease. */
  readonly lease: Readonly<Record<string, string>>;
}

export interface LabNicStatus {
  readonly device: string;
  readonly mac: string;
  readonly addresses: readonly string[];
}

export interface LabMachineStatus {
  readonly name: string;
  readonly up: boolean;
  readonly nics: readonly LabNicStatus[];
}

export interface LabNodeStatus extends LabMachineStatus {
  /** The node's Open vSwitch, with the daemons that do not run; null if it has none. */
  readonly openvswitch: { readonly up: boolean; readonly dead: readonly string[] } | null;
}

export interface LabInstanceStatus {
  readonly name: string;
  readonly node: string;
  readonly up: boolean;
  readonly ports: readonly LabPortStatus[];
}

/** A lab as `lab status` shows it. */
export interface LabStatus {
  readonly name: string;
  readonly up: boolean;
  readonly nodes: readonly LabNodeStatus[];
  readonly instances: readonly LabInstanceStatus[];
  readonly hosts: readonly LabMachineStatus[];
}

/** Returns the state of a topology's lab, also if it is down. Changes nothing. */
export async function labStatus(topology: LabTopology, options: ShellOptions = {}): Promise<LabStatus> {
  const shape = labShape(topology);
  const lab = await runningLab(shape.name);
  const reports = new Map<string, MemberReport>();
  if (lab !== undefined) {
    const shell = await openFabric(lab, options);
    try {
      for (const report of parseReport(await shell.read(STATUS_SCRIPT))) reports.set(memberKey(report), report);
    } finally {
      await shell.close();
    }
  }
  const of = (kind: Member['kind']): Member[] => shape.members.filter((member) => member.kind === kind);
  const machine = (member: Member): LabMachineStatus => {
    const report = reports.get(memberKey(member));
    const nics = (report?.devices ?? []).filter(({ device }) =>
      shape.cables.some((cable) => cable.member === memberKey(member) && cable.nic === device),
    );
    return { name: member.name, up: report !== undefined, nics: nics.map(nicStatus) };
  };
  return {
    name: shape.name,
    up: lab !== undefined,
    nodes: of('node').map((member) => ({
      ...machine(member),
      openvswitch: switchStatus(member, reports.get(memberKey(member))),
    })),
    instances: of('instance').map((member) => instanceStatus(member, reports.get(memberKey(member)))),
    hosts: of('host').map(machine),
  };
}

function nicStatus({ device, mac, addresses }: DeviceReport): LabNicStatus {
  return { device, mac, addresses };
}

function switchStatus(member: Member, report: MemberReport | undefined): LabNodeStatus['openvswitch'] {
  if (!member.openvswitch) return null;
  const dead = DAEMONS.filter((daemon) => report?.daemons.includes(daemon) !== true);
  return { up: dead.length === 0, dead };
}

function instanceStatus(member: Member, report: MemberReport | undefined): LabInstanceStatus {
  const { name, node = '', ports } = member;
  return { name, node, up: report !== undefined, ports: ports.map((port) => portStatus(port, report)) };
}

function portStatus({ device }: GuestPort, report: MemberReport | undefined): LabPortStatus {
  const found = report?.devices.find((each) => each.device === device);
  const { kind, address: _, ...lease } = report?.leases.get(device) ?? {};
  return {
    device,
    mac: found?.mac ?? null,
    address: found?.addresses[0] ?? null,
    dhcp: found === undefined ? 'absent' : kind === undefined ? 'asking' : kind === 'static' ? 'static' : 'bound',
    lease,
  };
}
