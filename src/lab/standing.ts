import type { Shell } from '../model/host.ts';
import { STANDING_SCRIPT } from './scripts/index.ts';
import type { GuestPort, Member, MemberKind } from './shape.ts';

/** What is written down about a member once it is complete. */
export interface MemberSpec {
  /** Changes of it need a new namespace. */
  readonly identity: string;
  readonly node?: string;
  readonly listen: readonly number[];
  readonly ports: readonly GuestPort[];
}

/** A member that stands; without a spec it was never completed. */
export interface StandingMember {
  readonly kind: MemberKind;
  readonly name: string;
  readonly pid: number;
  /** Whether both daemons of Open vSwitch run in it. */
  readonly switchRuns: boolean;
  readonly spec?: MemberSpec;
}

/** A device in the switches' namespace; the alias is written when it is complete. */
export interface FabricDevice {
  readonly name: string;
  readonly alias: string;
}

/** A lab as it stands. */
export interface Standing {
  readonly members: readonly StandingMember[];
  readonly devices: readonly FabricDevice[];
}

interface IpLink {
  readonly ifname: string;
  readonly ifalias?: string;
}

/** Reads a lab through a shell in its switches' namespace. */
export async function readStanding(shell: Shell): Promise<Standing> {
  const [links = '[]', ...lines] = (await shell.read(STANDING_SCRIPT)).trimEnd().split('\n');
  const devices = (JSON.parse(links) as IpLink[])
    .filter(({ ifname }) => /^(?:sw|cb)-/.test(ifname))
    .map(({ ifname, ifalias = '' }) => ({ name: ifname, alias: ifalias }));
  return { devices, members: lines.filter((line) => line !== '').map(parseMember) };
}

function parseMember(line: string): StandingMember {
  const [kind = '', name = '', pid = '0', running = '', ...spec] = line.split(' ');
  const member = { kind: kind as MemberKind, name, pid: Number(pid), switchRuns: running === 'switch' };
  const text = spec.join(' ');
  return text === '-' || member.pid === 0 ? member : { ...member, spec: JSON.parse(text) as MemberSpec };
}

/** What is to be written down about a member. */
export function specOf(member: Member): MemberSpec {
  return {
    identity: JSON.stringify([member.kind, member.node ?? null, member.routes]),
    ...(member.node === undefined ? {} : { node: member.node }),
    listen: member.listen,
    ports: member.ports,
  };
}
