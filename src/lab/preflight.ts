import { constants } from 'node:fs';
import { access, open } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticError, type Diagnostic } from '../model/diagnostic.ts';
import { faultDiagnostic } from '../model/fault.ts';
import type { LabShape } from './shape.ts';

/** What a lab runs, and the Debian package each comes from; one of the programs of a line is enough. */
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

/** The folders programs are looked for in: the user's, then those of root. */
export function searchPath(): string {
  const own = process.env['PATH'] ?? '/usr/bin:/bin';
  return `${own}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;
}

/** Where a machine may differ from ours, for tests. */
export interface LabMachine {
  /** The folders programs are looked for in. */
  readonly dirs?: string;
  /** Opening it must work where a node has Open vSwitch. */
  readonly tun?: string;
}

/**
 * Looks whether this machine has what a lab needs.
 * @throws DiagnosticError with one diagnostic for each program that is missing (NLL007), and for tap devices that
 * cannot be made (NLL013).
 */
export async function checkMachine(shape: LabShape, machine: LabMachine = {}): Promise<void> {
  const { dirs = searchPath(), tun = '/dev/net/tun' } = machine;
  const lacks = [...(await missingTools(shape, dirs)), ...(await missingTaps(shape, tun))];
  if (lacks.length > 0) throw new DiagnosticError(lacks);
}

async function missingTools(shape: LabShape, dirs: string): Promise<Diagnostic[]> {
  const openvswitch = shape.members.some((member) => member.openvswitch);
  const needs = {
    instance: shape.members.some(({ kind }) => kind === 'instance'),
    // For services that answer, and to switch checksum offload off.
    perl: openvswitch || shape.members.some(({ listen }) => listen.length > 0),
    openvswitch,
  };
  const wanted = TOOLS.filter(({ when }) => when === undefined || needs[when]);
  const isThere = (program: string): Promise<boolean> => isIn(dirs.split(':'), program);
  const found = await Promise.all(wanted.map(async ({ any }) => (await Promise.all(any.map(isThere))).includes(true)));
  const missing = wanted.filter((_, index) => found[index] !== true);
  return missing.map(({ any, from }) =>
    faultDiagnostic({
      code: 'NLL007',
      summary: `The lab needs ${any.join(' or ')}, which is not on this machine`,
      hint: `Install the package ${from}; \`netloom doctor\` shows all that is missing.`,
    }),
  );
}

/**
 * The userspace switch makes its ports from /dev/net/tun. Only opening it tells: a container may have the file and not
 * the right.
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
        `Open vSwitch in the lab's node ${node} cannot make ports: ${tun} ` +
        (absent ? 'is not there' : 'may not be opened'),
      detail: String(error),
      hint: absent
        ? 'As root: modprobe tun; in a container, give it the device (docker run --device /dev/net/tun)'
        : 'Run netloom as root, or allow everybody, as root: chmod 0666 /dev/net/tun; or set mechanism: linuxbridge',
    });
    return [diagnostic];
  }
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
