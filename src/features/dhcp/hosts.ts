import type { DhcpClient } from '../../resolve/resolved.ts';
import type { HeldFact } from '../../model/feature.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { clientIdOf, portTag } from './port-options.ts';

/** dnsmasq's --dhcp-hostsfile: address, name and options of each client. */
export function hosts(clients: readonly DhcpClient[], domain: string): string {
  return lines(clients.filter(isServed), (client) => {
    const { mac, address, hostname, extraDhcpOpts } = client;
    const clientId = clientIdOf(client);
    const others = extraDhcpOpts.length - (clientId === undefined ? 0 : 1);
    return [
      mac,
      ...(clientId === undefined ? [] : [`id:${clientId}`]),
      `${hostname}.${domain}`,
      address,
      ...(others > 0 ? [`set:${portTag(client)}`] : []),
    ].join(',');
  });
}

/**
 * Whether the hosts file has a tag. dnsmasq up to 2.90 at least links the tags of a host that it has served with its
 * own, frees both when it reads its files again, and crashes.
 */
export function hasTags(clients: readonly DhcpClient[]): boolean {
  return clients.some(
    (client) => client.served && client.extraDhcpOpts.length > (clientIdOf(client) === undefined ? 0 : 1),
  );
}

/** dnsmasq's --addn-hosts: the names that it resolves, also of ports without a lease. */
export function additionalHosts(clients: readonly DhcpClient[], domain: string): string {
  return lines(clients, ({ address, hostname }) => `${address}\t${hostname}.${domain} ${hostname}`);
}

/**
 * The lease file that dnsmasq finds when it starts: every client has a lease without an end (0) until dnsmasq itself
 * writes another one.
 */
export function leases(clients: readonly DhcpClient[]): string {
  return lines(clients.filter(isServed), ({ mac, address, hostname }) => `0 ${mac} ${address} ${hostname} *`);
}

/** The leases that dnsmasq may hold, each as `address mac`. */
export function bindings(clients: readonly DhcpClient[]): readonly string[] {
  return clients
    .filter(isServed)
    .map(({ mac, address }) => `${address} ${mac}`)
    .sort();
}

/** Returns the address of each client in the text of a hosts file that exists, by the client's MAC. */
export function* heldByHosts(text: string, clients: readonly DhcpClient[], node: string): Generator<HeldFact> {
  const ids = new Map(clients.map(({ mac, portId }) => [mac, portId]));
  const addresses = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [mac = '', ...fields] = line.split(',');
    const id = ids.get(mac);
    const address = fields.find(isIpv4);
    if (id === undefined || address === undefined) continue;
    const known = addresses.get(id) ?? [];
    addresses.set(id, [...known, address]);
  }
  for (const [port, found] of addresses) yield { node, port, addresses: found };
}

function isServed({ served }: DhcpClient): boolean {
  return served;
}

function lines(clients: readonly DhcpClient[], line: (client: DhcpClient) => string): string {
  return clients.map((client) => `${line(client)}\n`).join('');
}
