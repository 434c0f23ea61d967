import type { Host } from '../model/host.ts';
import { shellLine } from './quote.ts';
import { openShell } from './shell.ts';

/** How a node is reached by SSH. A missing field is set by ssh_config. */
export interface SshReach {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly identity_file?: string;
}

/**
 * Works from any login shell: a user who is not root becomes root by sudo. If sudo needs a password, its error
 * is reported.
 * It is one line, because in csh a quoted word cannot contain a line end.
 */
const REMOTE_SHELL = `sh -c 'if [ "$(id -u)" = 0 ]; then exec sh; else exec sudo -n sh; fi'`;

/** The command line of the OpenSSH client; `--` keeps a host name from being read as an option. */
export function sshArguments(reach: SshReach): string[] {
  return [
    '-T',
    ...[
      '-o',
      'BatchMode=yes',
      '-o',
      'ConnectTimeout=10',
      '-o',
      'ServerAliveInterval=15',
      '-o',
      'ServerAliveCountMax=3',
    ],
    ...(reach.port === undefined ? [] : ['-p', String(reach.port)]),
    ...(reach.identity_file === undefined ? [] : ['-i', reach.identity_file]),
    ...(reach.user === undefined ? [] : ['-l', reach.user]),
    '--',
    reach.host,
    reach.user === 'root' ? 'exec sh' : REMOTE_SHELL,
  ];
}

/** Returns a machine reached by the user's OpenSSH client, with its configuration, agent and known hosts. */
export function sshHost(node: string, reach: SshReach): Host {
  const description = `ssh ${reach.user === undefined ? '' : `${reach.user}@`}${reach.host}`;
  return {
    node,
    description,
    open: (options) =>
      openShell({
        node,
        description,
        file: 'ssh',
        args: sshArguments(reach),
        overSsh: true,
        rightsHint: `Log in as root, or let ${reach.user ?? 'the user'} run "sudo -n sh" on ${reach.host}.`,
        reachHint:
          'OpenSSH must log in without asking. Try: ' + shellLine(['ssh', ...sshArguments(reach).slice(0, -1), 'true']),
        ...options,
      }),
  };
}
