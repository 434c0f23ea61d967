import { expect } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { loadTopology } from '../../src/topology/load.ts';

/** Marks in a text where a diagnostic must begin. */
const MARK = '«';

/** A valid topology with one of everything; the tests below break it in one place each. */
export const BASE = `name: base
physical_networks:
  inner: { mtu: 1500 }
  outer: {}
nodes:
  net1:
    roles: [network]
    reach: { via: lab }
    nics:
      eth0: { physical_network: inner, mtu: 1500 }
      eth1: { physical_network: outer, addresses: [192.0.2.2/24] }
  com1:
    roles: [compute]
    reach: { via: lab }
    nics:
      eth0: { physical_network: inner, mac_address: '00:00:5e:00:53:01' }
networks:
  lan:
    id: 11111111-0000-0000-0000-000000000001
    physical_network: inner
    mtu: 1450
    dhcp: { node: net1, fixed_ip_address: 10.0.0.2 }
    subnets:
      lan-subnet:
        cidr: 10.0.0.0/24
        gateway_ip: 10.0.0.1
        allocation_pools: [{ start: 10.0.0.2, end: 10.0.0.99 }]
        dns_nameservers: [9.9.9.9]
        host_routes: [{ destination: 10.9.0.0/16, nexthop: 10.0.0.9 }]
  ext:
    physical_network: outer
    external: true
    subnets:
      ext-subnet: { cidr: 192.0.2.0/24, gateway_ip: 192.0.2.1, enable_dhcp: false }
routers:
  r1:
    node: net1
    external_gateway: { network: ext, fixed_ip_address: 192.0.2.10 }
    interfaces:
      lan-subnet: {}
    routes: [{ destination: 10.8.0.0/16, nexthop: 10.0.0.8 }]
instances:
  vm1:
    node: com1
    listen: [22]
    ports:
      eth0: { network: lan, fixed_ip_address: 10.0.0.11, id: 22222222-0000-0000-0000-000000000001 }
floating_ips:
  fip1: { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }
hosts:
  out:
    listen: [80]
    nics:
      eth0: { physical_network: outer, addresses: [192.0.2.1/24] }
expect:
  - { from: out, to: vm1, protocol: tcp, port: 22 }
  - { from: vm1, to: 192.0.2.1, protocol: tcp, port: 80, seen_as: 192.0.2.11 }
`;

/** The base with pieces replaced; each must occur in it exactly once. */
export function edited(...edits: readonly (readonly [from: string, to: string])[]): string {
  let text = BASE;
  for (const [from, to] of edits) {
    expect(text.split(from), `one place for ${from}`).toHaveLength(2);
    text = text.replace(from, () => to);
  }
  return text;
}

/** The base with its floating IP's target replaced by port forwardings. */
export function forwarding(...all: readonly string[]): string {
  const items = all.map((one) => `      - ${one}\n`).join('');
  const ports = `\n    floating_network: ext\n    floating_ip_address: 192.0.2.11\n    port_forwardings:\n${items}`;
  return edited([' { floating_network: ext, floating_ip_address: 192.0.2.11, instance: vm1 }\n', ports]);
}

/** The text without its mark, and the position of the mark as \`line:column\`. */
export function unmark(text: string): { text: string; at: string } {
  const offset = text.indexOf(MARK);
  expect(text.split(MARK), 'one mark').toHaveLength(2);
  const before = text.slice(0, offset).split('\n');
  return { text: text.replace(MARK, ''), at: `${String(before.length)}:${String((before.at(-1) ?? '').length + 1)}` };
}

/** `CODE line:column` of each diagnostic. */
export function places(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ code, range }) => `${code} ${String(range?.start.line ?? '-')}:${String(range?.start.column ?? '-')}`,
  );
}

/** Loads a marked text, and expects the code at the mark and nothing else. Returns that diagnostic. */
export function expectOnly(code: string, marked: string): Diagnostic {
  const { text, at } = unmark(marked);
  const { topology, diagnostics } = loadTopology(text, 'topology.yaml');
  expect(places(diagnostics), JSON.stringify(diagnostics.map((found) => found.summary))).toEqual([`${code} ${at}`]);
  expect(topology === undefined).toBe(diagnostics.some((found) => found.severity === 'error'));
  return diagnostics[0]!;
}

/** A text of one statement per argument. */
export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
