import { shellLine } from '../hosts/quote.ts';
import { txChecksumsOff } from '../kernel/links/tx-checksums.ts';
import { labError } from './errors.ts';
import { cableName, switchName, versionOf } from './names.ts';
import { FABRIC_FUNCTIONS } from './scripts/index.ts';
import type { Cable, GuestPort, Member } from './shape.ts';
import { specOf, type ObservedMember } from './observed.ts';

/** The allowed words of an `ip -batch` line, which has no escape character. */
const BATCH_WORD = /^[A-Za-z0-9_.:/@-]+$/;

/** Returns a script that defines the lab's functions and runs the given lines. */
export function fabricScript(lines: readonly string[]): string {
  return `${FABRIC_FUNCTIONS}\n${lines.join('\n')}\n`;
}

/** Returns the alias of a complete cable. */
export function cableAlias(cable: Cable): string {
  return `${cable.member}/${cable.nic}@${versionOf(cable)}`;
}

/** Returns lines that end members. */
export function removeMembers(members: readonly ObservedMember[]): string[] {
  return members.map(({ kind, name }) => shellLine(['remove_member', kind, name]));
}

/** Returns lines that start members in parallel and wait until each has printed its pid or died. */
export function startMembers(members: readonly Member[]): string[] {
  if (members.length === 0) return [];
  return ['{', ...members.map(({ kind, name }) => shellLine(['start_member', kind, name])), '} | cat'];
}

/**
 * Returns lines that start the missing Open vSwitch daemons of nodes in parallel. Each prints `switch NODE` when Open
 * vSwitch answers.
 */
export function startSwitches(nodes: readonly Member[], pidOf: (member: string) => number): string[] {
  if (nodes.length === 0) return [];
  const starts = nodes.map(({ kind, name }) => {
    return `${shellLine(['start_switch', name, String(pidOf(`${kind}/${name}`))])} &`;
  });
  return ['{', ...starts, '} | cat'];
}

/** Returns lines that delete devices in the switches' namespace. */
export function removeDevices(names: readonly string[]): string[] {
  return batch(names.map((name) => ['link', 'delete', 'dev', name]));
}

/** Returns lines that create switches: bridges without STP, forward delay and multicast snooping. */
export function createSwitches(networks: readonly string[]): string[] {
  return batch(
    networks.flatMap((network) => {
      const name = switchName(network);
      return [
        ['link', 'add', 'name', name, 'type', 'bridge', ...BRIDGE_OPTIONS],
        ['link', 'set', 'dev', name, 'alias', network, 'up'],
      ];
    }),
  );
}

const BRIDGE_OPTIONS = ['stp_state', '0', 'forward_delay', '0', 'mcast_snooping', '0'];

/** Returns lines that create cables, configure their NICs, and plug them into the switches. */
export function createCables(cables: readonly Cable[], pidOf: (member: string) => number): string[] {
  const inside = new Map<number, string[][]>();
  for (const cable of cables) {
    const pid = pidOf(cable.member);
    const lines = inside.get(pid) ?? [];
    inside.set(pid, [...lines, ...nicLines(cable)]);
  }
  return [
    ...batch(cables.map((cable) => cableLine(cable, pidOf(cable.member)))),
    ...[...inside].flatMap(([pid, lines]) => batch(lines, pid)),
    // Before the first frame.
    ...checksumLines(cables.filter(({ member }) => member.startsWith('node/'))),
    ...batch(cables.map(plugLine)),
  ];
}

function cableLine(cable: Cable, pid: number): string[] {
  const ours = ['name', cableName(cable.member, cable.nic), 'mtu', String(cable.switchMtu)];
  const theirs = ['name', cable.nic, 'address', cable.mac, 'mtu', String(cable.mtu), 'netns', String(pid)];
  return ['link', 'add', ...ours, 'type', 'veth', 'peer', ...theirs];
}

function nicLines(cable: Cable): string[][] {
  return [
    ...cable.addresses.map((address) => ['address', 'replace', address, 'brd', '+', 'dev', cable.nic]),
    ['link', 'set', 'dev', cable.nic, 'up'],
  ];
}

/**
 * Turns transmit checksum offload off. A veth leaves checksums to a NIC, and Open vSwitch's userspace datapath forwards
 * frames without a checksum as they are. All nodes need it, because a node may get Open vSwitch later.
 */
function checksumLines(cables: readonly Cable[]): string[] {
  if (cables.length === 0) return [];
  return [shellLine(txChecksumsOff(...cables.map(({ member, nic }) => cableName(member, nic))))];
}

function plugLine(cable: Cable): string[] {
  const name = cableName(cable.member, cable.nic);
  return ['link', 'set', 'dev', name, 'master', switchName(cable.network), 'alias', cableAlias(cable), 'up'];
}

/** Returns lines that set a member's static routes. */
export function setRoutes(member: Member, pid: number): string[] {
  return batch(
    member.routes.map(({ destination, nexthop }) => ['route', 'replace', destination, 'via', nexthop]),
    pid,
  );
}

/** Returns lines that complete a member: they set its ports and listening services, and record its spec. */
export function completeMember(member: Member, pid: number, known: ObservedMember['spec']): string[] {
  const spec = specOf(member);
  const changed = (part: 'listen' | 'ports'): boolean => JSON.stringify(known?.[part]) !== JSON.stringify(spec[part]);
  const lines: string[] = [];
  if (member.kind === 'instance' && changed('ports')) {
    lines.push(shellLine(['set_ports', member.name, ...member.ports.flatMap((port) => [port.device, portLine(port)])]));
  }
  if (changed('listen') && (known !== undefined || spec.listen.length > 0)) {
    lines.push(shellLine(['set_listen', member.kind, member.name, String(pid), ...spec.listen.map(String)]));
  }
  if (lines.length > 0 || known === undefined) {
    lines.push(shellLine(['set_spec', member.kind, member.name, JSON.stringify(spec)]));
  }
  return lines;
}

/** Returns a line that makes an instance's network namespace visible in its node. */
export function showGuest(instance: string, pid: number, nodePid: number): string {
  return shellLine(['show_guest', String(nodePid), instance, String(pid)]);
}

function portLine(port: GuestPort): string {
  const { mode, metric, addresses = ['-'], gateway = '-', mtu } = port;
  const words = [
    mode,
    versionOf(port),
    String(metric),
    addresses.join(','),
    gateway,
    mtu === undefined ? '-' : String(mtu),
  ];
  return words.join(' ');
}

function batch(lines: readonly (readonly string[])[], netnsOfPid?: number): string[] {
  if (lines.length === 0) return [];
  for (const word of lines.flat()) {
    if (word !== '+' && !BATCH_WORD.test(word)) {
      throw labError({ code: 'NLL004', summary: `The lab cannot use the name ${JSON.stringify(word)}` });
    }
  }
  const inside = netnsOfPid === undefined ? '' : `nsenter --net=/proc/${String(netnsOfPid)}/ns/net -- `;
  return [`${inside}ip -batch - <<'END'`, ...lines.map((words) => words.join(' ')), 'END'];
}
