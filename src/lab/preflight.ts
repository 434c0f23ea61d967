import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import { faultDiagnostic } from '../model/fault.ts';
import type { LabShape } from './shape.ts';

/** The programs that a lab runs, and their Debian packages. One program of a line is enough. */
const TOOLS: readonly {
  readonly any: readonly string[];
  readonly from: string;
  readonly when?: 'instance' | 'perl' | 'openvswitch';
}[] = [
  { any: ['unshare'], from: 'util-linux' },
  { any: ['nsenter'], from: 'util-linux' },
  { any: ['flock'], from: 'util-linux' },
  { any: ['mount'], from: 'mount' },
  { any: ['ip'], from: 'iproute2' },
  { any: ['hostname'], from: 'hostname' },
  { any: ['ping'], from: 'iputils-ping' },
  { any: ['udhcpc', 'busybox', 'dhclient'], from: 'udhcpc', when: 'instance' },
  { any: ['perl'], from: 'perl-base', when: 'perl' },
  { any: ['ovsdb-server'], from: 'openvswitch-switch', when: 'openvswitch' },
  { any: ['ovs-vswitchd'], from: 'openvswitch-switch', when: 'openvswitch' },
  { any: ['ovs-vsctl'], from: 'openvswitch-switch', when: 'openvswitch' },
];

/** Returns the folders in which programs are searched: those of the user's PATH, then those of root's. */
export function searchPath(): string {
  const own = process.env['PATH'] ?? '/usr/bin:/bin';
  return `${own}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;
}

/** Properties of the host that tests replace. */
export interface LabMachine {
  /** The folders in which programs are searched. */
  readonly dirs?: string;
  /** The device file that must open if a node has Open vSwitch. */
  readonly tun?: string;
}

/**
 * Checks that this host meets the requirements of a lab.
 * @throws DiagnosticError with a diagnostic for each missing program (NLL007), and one if tap devices cannot be created
 * (NLL013)
 */
export async function checkMachine(shape: LabShape, machine: LabMachine = {}): Promise<void> {
  const { dirs = searchPath(), tun = '/dev/net/tun' } = machine;
  const missing = [...(await missingTools(shape, dirs)), ...(await missingTaps(shape, tun))];
  if (missing.length > 0) throw new DiagnosticError(missing);
}

async function missingTools(shape: LabShape, dirs: string): Promise<Diagnostic[]> {
  const openvswitch = shape.members.some((member) => member.openvswitch);
  const needs = {
    instance: shape.members.some(({ kind }) => kind === 'instance'),
    // For listening services, and to turn checksum offload off.
    perl: openvswitch || shape.members.some(({ listen }) => listen.length > 0),
    openvswitch,
  };
  const needed = TOOLS.filter(({ when }) => when === undefined || needs[when]);
  const exists = (program: string): Promise<boolean> => isIn(dirs.split(':'), program);
  const found = await Promise.all(needed.map(async ({ any }) => (await Promise.all(any.map(exists))).includes(true)));
  const missing = needed.filter((_, index) => found[index] !== true);
  return missing.map(({ any, from }) =>
    faultDiagnostic({
      code: 'NLL007',
      summary: `The lab needs ${any.join(' or ')}, which is missing on this host`,
      hint: `Install the package ${from}; \`netloom doctor\` shows everything that is missing.`,
    }),
  );
}

/**
 * Returns a diagnostic if a node has Open vSwitch and /dev/net/tun cannot be opened. The userspace datapath creates its
 * ports from it. Only opening it is a proof: a container may have the file without the permission.
 */
async function missingTaps(shape: LabShape, tun: string): Promise<Diagnostic[]> {
  const node = shape.members.find((member) => member.openvswitch)?.name;
  if (node === undefined) return [];
  try {
    await (await open(tun, 'r+')).close();
    return [];
  } catch (error) {
    const absent =
      error instanceof Error && 'code' in error && ['ENOENT', 'ENODEV', 'ENXIO'].includes(String(error.code));
    const diagnostic = faultDiagnostic({
      code: 'NLL013',
      summary:
        `Open vSwitch in the lab's node ${node} cannot create ports: ${tun} ` +
        (absent ? 'does not exist' : 'cannot be opened'),
      detail: String(error),
      hint: absent
        ? 'As root: modprobe tun; in a container, give it the device (docker run --device /dev/net/tun)'
        : 'Run netloom as root, or allow all users, as root: chmod 0666 /dev/net/tun; or set mechanism: linuxbridge',
    });
    return [diagnostic];
  }
}

/** Returns true if a program is in the folders of `searchPath`. */
export function hasProgram(program: string): Promise<boolean> {
  return isIn(searchPath().split(':'), program);
}

async function isIn(dirs: readonly string[], program: string): Promise<boolean> {
  for (const dir of dirs) {
    const ok = await access(path.join(dir, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (ok) return true;
  }
  return false;
}
