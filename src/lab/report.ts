import type { MemberKind } from './shape.ts';

/** A device of a member: its MAC and its IPv4 addresses with their prefix lengths. */
export interface DeviceReport {
  readonly device: string;
  readonly mac: string;
  readonly addresses: readonly string[];
}

/** The state of one member, as the status script reports it. */
export interface MemberReport {
  readonly kind: MemberKind;
  readonly name: string;
  readonly devices: readonly DeviceReport[];
  /** The running daemons of Open vSwitch. */
  readonly daemons: readonly string[];
  readonly leases: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

interface IpDevice {
  readonly ifname: string;
  readonly address?: string;
  readonly addr_info: readonly { readonly family: string; readonly local?: string; readonly prefixlen: number }[];
}

/** Parses the output of the status script. */
export function parseReport(text: string): MemberReport[] {
  const reports: {
    kind: MemberKind;
    name: string;
    devices: DeviceReport[];
    daemons: string[];
    leases: Map<string, Record<string, string>>;
  }[] = [];
  for (const line of text.split('\n')) {
    const last = reports.at(-1);
    const [word = '', first = '', second = '', ...rest] = line.split(' ');
    if (word === 'member')
      reports.push({ kind: first as MemberKind, name: second, devices: [], daemons: [], leases: new Map() });
    else if (word === 'runs') last?.daemons.push(first);
    else if (word === 'lease') last?.leases.set(first, { ...last.leases.get(first), [second]: rest.join(' ') });
    else if (line.startsWith('[')) last?.devices.push(...(JSON.parse(line) as IpDevice[]).map(deviceReport));
  }
  return reports;
}

/** Parses the output of the namespaces script; keys are those of {@link namespaceKey}. */
export function parseNamespaces(text: string): ReadonlyMap<string, readonly DeviceReport[]> {
  const found = new Map<string, readonly DeviceReport[]>();
  let key = '';
  for (const line of text.split('\n')) {
    const [word = '', node = '', name = ''] = line.split(' ');
    if (word === 'namespace') key = namespaceKey(node, name);
    else if (line.startsWith('[')) found.set(key, (JSON.parse(line) as IpDevice[]).map(deviceReport));
  }
  return found;
}

/** Returns the key of a named namespace of a node. */
export function namespaceKey(node: string, name: string): string {
  return `${node} ${name}`;
}

function deviceReport({ ifname, address = '', addr_info }: IpDevice): DeviceReport {
  const addresses = addr_info
    .filter(({ family }) => family === 'inet')
    .map(({ local = '', prefixlen }) => `${local}/${String(prefixlen)}`);
  return { device: ifname, mac: address, addresses };
}
