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
  /** The rp_filter (0, 1 strict, 2 loose) by device, `all` and `default`; of an IPv4 connection. */
  readonly rpFilter?: ReadonlyMap<string, number>;
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
    const [connection = '', ...lines] = text.trim().split('\n');
    const [, ended, words = ''] = /^(ended )?(.*)$/.exec(connection) ?? [];
    const [client = '', clientPort = '', server = '', serverPort = '', ...more] = words.split(' ');
    const [from, to] = [plain(client), plain(server)];
    const device = /%(.+)$/.exec(server)?.[1];
    if (more.length > 0 || ![from, to].every(isIp) || ![clientPort, serverPort].every(isPort)) return undefined;
    const ends = { client: formatIp(parseIp(from)), server: formatIp(parseIp(to)) };
    const ports = { clientPort: Number(clientPort), serverPort: Number(serverPort) };
    return {
      ...ends,
      ...ports,
      ...(device !== undefined && { device }),
      ...(ended !== undefined && { ended: true }),
      ...(lines.length > 0 && { rpFilter: rpFilterOf(lines) }),
    };
  },
};

/** Parses lines `./DEVICE/rp_filter:VALUE`. */
function rpFilterOf(lines: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    lines.flatMap((line) => {
      const [, device, value] = /^\.\/([^/]+)\/rp_filter:(\d)$/.exec(line) ?? [];
      return device === undefined ? [] : [[device, Number(value)] as const];
    }),
  );
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text);
}

/** Returns an address without its device (`fe80::1%eth0`), and the IPv4 address of a socket that has IPv6 as well. */
function plain(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}
