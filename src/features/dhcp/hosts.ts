import type { DhcpClient } from '../../compile/resolve/resolved.ts';

/** dnsmasq's --dhcp-hostsfile: who gets which address. */
export function hosts(clients: readonly DhcpClient[]): string {
  return lines(clients, ({ mac, address }) => `${mac},${nameOf(address)}.openstacklocal,${address}`);
}

/** dnsmasq's --addn-hosts: the names it resolves. */
export function additionalHosts(clients: readonly DhcpClient[]): string {
  return lines(clients, ({ address }) => `${address}\t${nameOf(address)}.openstacklocal ${nameOf(address)}`);
}

/**
 * The lease file dnsmasq finds when it starts: every client has its lease already, for ever (0), until dnsmasq itself
 * writes down another end.
 */
export function leases(clients: readonly DhcpClient[]): string {
  return lines(clients, ({ mac, address }) => `0 ${mac} ${address} ${nameOf(address)} *`);
}

/** Neutron's name for a port without one. */
function nameOf(address: string): string {
  return `host-${address.replaceAll('.', '-')}`;
}

function lines(clients: readonly DhcpClient[], line: (client: DhcpClient) => string): string {
  return clients.map((client) => `${line(client)}\n`).join('');
}
