import type { Finding } from './finding.ts';
import type { Machine } from './machine.ts';
import { TEMPORARY_NAMESPACE } from './trial.ts';

const CAP_NET_ADMIN = 12n;
const CAP_SYS_ADMIN = 21n;

/** Sysctls that forbid user namespaces: the value that forbids, and the one that allows. */
const LOCKS = [
  {
    path: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    key: 'kernel.apparmor_restrict_unprivileged_userns',
    allow: '0',
  },
  {
    path: '/proc/sys/kernel/unprivileged_userns_clone',
    forbids: '0',
    key: 'kernel.unprivileged_userns_clone',
    allow: '1',
  },
  { path: '/proc/sys/user/max_user_namespaces', forbids: '0', key: 'user.max_user_namespaces', allow: '10000' },
] as const;

/** Finds out what netloom may do: change this machine's own network, and create namespaces for a lab. */
export async function privilegeFindings(machine: Machine): Promise<readonly Finding[]> {
  const capabilities = capabilitiesIn((await machine.readText('/proc/self/status')) ?? '');
  const has = (bit: bigint) => (capabilities & (1n << bit)) !== 0n;
  const own = has(CAP_NET_ADMIN) && has(CAP_SYS_ADMIN);
  const prefix = machine.isRoot ? TEMPORARY_NAMESPACE.root : TEMPORARY_NAMESPACE.user;
  const trial = await machine.run([...prefix, 'true']);
  const lab = trial.code === 0;
  return [ownNetwork(machine, own, lab), await namespaces(machine, lab, trial.stderr)];
}

function ownNetwork(machine: Machine, allowed: boolean, lab: boolean): Finding {
  const base = { area: 'machine', id: 'privileges', name: 'this machine’s own network' } as const;
  const who = machine.isRoot ? 'root' : 'an ordinary user';
  if (allowed) return { ...base, state: 'ok', detail: `may be changed (${who} with CAP_NET_ADMIN and CAP_SYS_ADMIN)` };
  const cost = 'apply works in the lab and over SSH only';
  const fix = machine.isRoot ? 'in a container, run it privileged' : 'run netloom as root';
  const detail = `may not be changed (${who} without CAP_NET_ADMIN or CAP_SYS_ADMIN)`;
  return { ...base, state: lab ? 'note' : 'missing', detail, cost, fix };
}

async function namespaces(machine: Machine, allowed: boolean, stderr: string): Promise<Finding> {
  const kind = machine.isRoot ? 'namespaces' : 'user namespaces';
  const base = { area: 'machine', id: 'namespaces', name: kind } as const;
  if (allowed) return { ...base, state: 'ok', detail: 'can be created' };
  const cost = 'the lab does not work, and kernel features cannot be tried';
  const fix = machine.isRoot ? 'in a container, run it privileged' : await unlock(machine);
  return { ...base, state: 'warning', detail: `cannot be created: ${stderr.trim().split('\n')[0] ?? ''}`, cost, fix };
}

/** Returns the command that allows user namespaces. */
async function unlock(machine: Machine): Promise<string> {
  for (const { path, forbids, key, allow } of LOCKS) {
    if ((await machine.readText(path))?.trim() === forbids) return `as root: sysctl -w ${key}=${allow}`;
  }
  return 'run netloom as root; in a container, run it privileged';
}

/** Returns the effective capabilities in /proc/self/status. */
export function capabilitiesIn(status: string): bigint {
  const hex = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  return hex === undefined ? 0n : BigInt(`0x${hex}`);
}
