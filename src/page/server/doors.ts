import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** The names under which a server is reached. A page of another site that has its address has another name. */
export interface Doors {
  /** Returns whether a request was sent to one of the names; a missing header is none. */
  hasHost(host: string | undefined): boolean;
  /** Returns whether a page of the server sent a request. */
  hasOrigin(origin: string | undefined): boolean;
}

/** The names of this machine itself. */
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** Returns whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}

/** Returns the names of a server that listens at one address: this one, and for loopback also `localhost`. */
export function doorsOf(address: string, port: number): Doors {
  const names = isLoopback(address)
    ? [...new Set([...LOOPBACK, address])]
    : isAny(address)
      ? ownAddresses()
      : [address];
  const hosts = new Set(names.map((name) => hostText(name, port)));
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return {
    hasHost: (host) => host !== undefined && hosts.has(host.toLowerCase()),
    hasOrigin: (origin) => origin !== undefined && origins.has(origin.toLowerCase()),
  };
}

/** Returns whether a server at this address listens at all addresses of the machine. */
function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function ownAddresses(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list?.map((one) => one.address) ?? []);
  return [...LOOPBACK, ...addresses];
}

/** Returns an address and port as in a URL. Browsers leave out port 80. */
export function hostText(address: string, port: number): string {
  const name = isIPv6(address) ? `[${address}]` : address;
  return port === 80 ? name : `${name}:${String(port)}`;
}
