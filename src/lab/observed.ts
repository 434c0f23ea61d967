import type { Shell } from '../model/host.ts';
import { OBSERVE_SCRIPT } from './scripts/index.ts';
import type { GuestPort, Member, MemberKind } from './shape.ts';

/** The spec that is recorded in the lab when a member is complete. */
export interface MemberSpec {
  /** A change of it recreates the namespace. */
  readonly identity: string;
  readonly node?: string;
  readonly listen: readonly number[];
  readonly ports: readonly GuestPort[];
}

/** A member that exists. Without a spec it was never completed. */
export interface ObservedMember {
  readonly kind: MemberKind;
  readonly name: string;
  readonly pid: number;
  /** True if both daemons of Open vSwitch run in it. */
  readonly switchRuns: boolean;
  readonly spec?: MemberSpec;
}

/** A device in the switches' namespace. Its alias is set when it is complete. */
export interface FabricDevice {
  readonly name: string;
  readonly alias: string;
}

/** The observed state of a lab. */
export interface ObservedLab {
  readonly members: readonly ObservedMember[];
  readonly devices: readonly FabricDevice[];
}

interface IpLink {
  readonly ifname: string;
  readonly ifalias?: string;
}

/** Reads the state of a lab through a shell in its switches' namespace. */
export async function observeLab(shell: Shell): Promise<ObservedLab> {
  const [links = '[]', ...lines] = (await shell.read(OBSERVE_SCRIPT)).trimEnd().split('\n');
  const devices = (JSON.parse(links) as IpLink[])
    .filter(({ ifname }) => /^(?:sw|cb)-/.test(ifname))
    .map(({ ifname, ifalias = '' }) => ({ name: ifname, alias: ifalias }));
  return { devices, members: lines.filter((line) => line !== '').map(parseMember) };
}

function parseMember(line: string): ObservedMember {
  const [kind = '', name = '', pid = '0', running = '', ...spec] = line.split(' ');
  const member = { kind: kind as MemberKind, name, pid: Number(pid), switchRuns: running === 'switch' };
  const text = spec.join(' ');
  return text === '-' || member.pid === 0 ? member : { ...member, spec: JSON.parse(text) as MemberSpec };
}

/** Returns the spec of a member. */
export function specOf(member: Member): MemberSpec {
  return {
    identity: JSON.stringify([member.kind, member.node ?? null, member.routes]),
    ...(member.node === undefined ? {} : { node: member.node }),
    listen: member.listen,
    ports: member.ports,
  };
}
