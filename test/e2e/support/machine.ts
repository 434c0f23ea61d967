import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { namespaceOf, runningProcesses } from '../../support/processes.ts';

/**
 * Files that change by themselves on any host, or by other programs during the tests. Everything else below /etc,
 * /var/lib and /run must be unchanged, to the second.
 */
const VOLATILE = [
  // Times of logins, of the package manager's daily jobs, of the clock.
  /^\/run\/(?:systemd|user|udev|log|dbus|utmp|lock)(?:\/|$)/,
  /^\/var\/lib\/(?:systemd|logrotate|chrony|ntp|dbus|NetworkManager|dhcp|apt\/daily_lock|private)(?:\/|$)/,
];

/** Lists files and folders with type, mode, owner, size, modification time and symlink target. */
export function filesOfMachine(): string[] {
  const format = '%p %y %m %U %G %s %C@ %l\\n';
  // find fails because of folders that cannot be entered, but lists the folders themselves.
  const { stdout } = spawnSync('find', ['/etc', '/var/lib', '/run', '-xdev', '-printf', format], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error('find found nothing');
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !VOLATILE.some((pattern) => pattern.test(line.split(' ', 1)[0] ?? '')))
    .sort();
}

/** Returns links, addresses, routes, rules, mounts, namespaces and kernel parameters of the host itself. */
export function networkOfMachine(): Record<string, string> {
  const run = (file: string, ...args: string[]): string => {
    try {
      return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return 'cannot be read';
    }
  };
  return {
    links: run('ip', '-d', 'link', 'show'),
    addresses: run('ip', 'address', 'show').replace(/(?:valid|preferred)_lft \d+sec/g, ''),
    routes: run('ip', '-4', 'route', 'show', 'table', 'all') + run('ip', '-6', 'route', 'show', 'table', 'all'),
    rules: run('ip', 'rule'),
    firewall: run('iptables-save').replace(/\[\d+:\d+\]|^#.*$/gm, ''),
    namespaces: run('ip', 'netns', 'list'),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8'),
    forwarding: run('sh', '-c', 'cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/bridge/* 2>/dev/null'),
    hostname: run('hostname'),
  };
}

/** Returns the namespaces (such as `net:[4026532000]`) of the processes of a PID namespace. */
export function namespacesUsed(pidNamespace: string): Set<string> {
  const found = new Set<string>();
  for (const process of runningProcesses()) {
    if (namespaceOf(process, 'pid') !== pidNamespace) continue;
    for (const kind of ['net', 'mnt', 'uts', 'pid', 'ipc']) found.add(namespaceOf(process, kind));
  }
  return found;
}

/** Returns the host's processes that are in one of these namespaces. */
export function processesIn(namespaces: ReadonlySet<string>): string[] {
  return runningProcesses().filter((process) =>
    ['net', 'pid'].some((kind) => namespaces.has(namespaceOf(process, kind))),
  );
}
