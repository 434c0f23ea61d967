import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { isLoopback, type ListenAddress } from './address.ts';

/**
 * Returns true if a request may have the Host header. A page of a browser on this machine can let its own name lead to
 * 127.0.0.1; its requests have that name.
 */
export function allowsHost(address: Pick<ListenAddress, 'host'>, header: string | undefined): boolean {
  const [, ipv6, name] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? '') ?? [];
  const host = (ipv6 ?? name ?? '').toLowerCase();
  if (host === '') return false;
  if (isLoopback({ host }) || host === address.host.toLowerCase()) return true;
  if (isLoopback(address)) return false;
  const own = hostname().toLowerCase();
  return isIP(host) !== 0 || host === own || host.startsWith(`${own}.`);
}
