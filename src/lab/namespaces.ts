import { readFile } from 'node:fs/promises';
import { userId } from './state-dir.ts';

/** Settings that forbid namespaces to a normal user: the file, the forbidding value, and the sysctl that allows. */
const LOCKS = [
  { file: '/proc/sys/user/max_user_namespaces', forbids: '0', set: 'user.max_user_namespaces=10000' },
  { file: '/proc/sys/kernel/unprivileged_userns_clone', forbids: '0', set: 'kernel.unprivileged_userns_clone=1' },
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    forbids: '1',
    set: 'kernel.apparmor_restrict_unprivileged_userns=0',
  },
] as const;

/** Returns a hint on why the kernel may have refused to create the lab's namespaces. */
export async function refusalHint(): Promise<string> {
  if (userId() === 0) {
    return 'Root needs CAP_SYS_ADMIN and CAP_NET_ADMIN here; in a container, run it privileged. See `netloom doctor`';
  }
  for (const { file, forbids, set } of LOCKS) {
    const value = await readFile(file, 'utf8').catch(() => '');
    if (value.trim() === forbids) return `This kernel forbids user namespaces. As root: sysctl -w ${set}`;
  }
  return 'An ordinary user needs user namespaces. See `netloom doctor`';
}
