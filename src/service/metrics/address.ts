import { familyOfText } from '../../net/address-text.ts';

// No module of Node.js is imported here: every command loads this for its help.

/** Where metrics are served. */
export interface ListenAddress {
  /** An IP address or a name. */
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/** Parses `HOST:PORT`, `[IPV6]:PORT` or `PORT`, which is on 127.0.0.1; `undefined` if it is none of these. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const found = /^(?:(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+)):)?(\d{1,5})$/i.exec(text);
  if (found === null) return undefined;
  const [, ipv6, name, digits] = found;
  const port = Number(digits);
  if (port > 65535 || (ipv6 !== undefined && familyOfText(ipv6) !== 6)) return undefined;
  return { host: ipv6 ?? name ?? '127.0.0.1', port };
}

/** Returns true if only this machine reaches the address. */
export function isLoopback({ host }: Pick<ListenAddress, 'host'>): boolean {
  return LOOPBACK.test(host);
}

/** Returns the beginning of a URL. */
export function urlOf({ host, port }: ListenAddress): string {
  return `http://${familyOfText(host) === 6 ? `[${host}]` : host}:${String(port)}`;
}
