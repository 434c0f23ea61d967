import type { NodeProbe } from '../../model/probe.ts';
import { formatIp, isIp, parseIp } from '../../net/ip.ts';
import { programText } from '../../programs/text.ts';

/** The connection by which a node is reached over SSH, as the node sees it. */
export interface SshSession {
  readonly client: string;
  readonly clientPort: number;
  /** The address of the node. */
  readonly server: string;
  readonly serverPort: number;
  /** The device of a link-local connection, if it is known: it is bound to it. */
  readonly device?: string;
  /** It has ended, and how the node is reached now is not known: a shell has outlived its session (tmux, screen). */
  readonly ended?: true;
}

/**
 * Reads SSH_CONNECTION (ssh(1)), which the supervisor finds where sudo cleared it; `undefined` if it knows none, or if
 * the text is no connection: a user may have written it.
 */
export const sshSessionProbe: NodeProbe<SshSession | undefined> = {
  id: 'ssh-session',
  scope: 'node',
  script: programText(new URL('./ssh-session.sh', import.meta.url)),
  // Only changes can cut it.
  ignoring: ['.+'],
  parse(text) {
    const [, ended, words = ''] = /^(ended )?(.*)$/s.exec(text.trim()) ?? [];
    const [client = '', clientPort = '', server = '', serverPort = '', ...more] = words.split(' ');
    const [from, to] = [plain(client), plain(server)];
    const device = /%(.+)$/.exec(server)?.[1];
    if (more.length > 0 || ![from, to].every(isIp) || ![clientPort, serverPort].every(isPort)) return undefined;
    const ends = { client: formatIp(parseIp(from)), server: formatIp(parseIp(to)) };
    const ports = { clientPort: Number(clientPort), serverPort: Number(serverPort) };
    return { ...ends, ...ports, ...(device !== undefined && { device }), ...(ended !== undefined && { ended: true }) };
  },
};

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}

/** Returns an address without its device (`fe80::1%eth0`), and the IPv4 address of a socket that has IPv6 as well. */
function plain(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}
