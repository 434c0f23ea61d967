import { describe, expect, test } from 'vitest';
import { compileTopology } from '../../src/compile/compile.ts';
import { compiled, validTopology } from '../support/compiled.ts';
import { listText } from '../support/iptables-text.ts';
import { addressText, inNamespace } from '../support/namespace-text.ts';

/** A router with one floating IP that has these port forwardings. */
function topology(forwardings: readonly string[], { release = 'zed', target = '' } = {}): string {
  const items = forwardings.map((one) => `      - ${one}\n`).join('');
  return `
name: demo
release: ${release}
physical_networks: { provider: {}, external: {} }
nodes:
  node1: { reach: { via: lab }, nics: { eth0: { physical_network: provider }, eth1: { physical_network: external } } }
networks:
  lan: { physical_network: provider, subnets: { inside: { cidr: 10.10.10.0/24 } } }
  public: { physical_network: external, external: true, subnets: { outside: { cidr: 11.11.11.0/24 } } }
routers:
  r1: { node: node1, external_gateway: { network: public, fixed_ip_address: 11.11.11.10 }, interfaces: { inside: {} } }
instances:
  a: { node: node1, ports: { eth0: { network: lan, fixed_ip_address: 10.10.10.11 } } }
floating_ips:
  f:
    floating_network: public
    floating_ip_address: 11.11.11.11
${target}${items === '' ? '' : `    port_forwardings:\n${items}`}`;
}

const SSH =
  '{ id: aaaaaaaa-1111-0000-0000-000000000001, protocol: tcp, external_port: 2222, internal_port: 22, instance: a }';
const RANGE =
  '{ id: bbbbbbbb-1111-0000-0000-000000000001, protocol: tcp, external_port_range: 5000:5010, ' +
  'internal_port_range: 6000:6010, internal_ip_address: 10.10.10.12 }';

/** The router's nat rules for port forwardings. */
function rulesOf(text: string): string[] {
  const router = inNamespace(compiled(text).graph, 'qrouter-');
  return listText(router, 'nat')
    .split('\n')
    .filter((line) => line.includes('pf') || line.includes('PREROUTING -'));
}

describe('port forwardings', () => {
  test('have a chain each, jumped to by the first rule of PREROUTING, as Neutron writes them', () => {
    expect(rulesOf(topology([SSH, RANGE]))).toEqual([
      '-N neutron-l3-agent-fip-pf',
      '-N neutron-l3-agent-pf-aaaaaaaa',
      '-N neutron-l3-agent-pf-bbbbbbbb',
      '-A PREROUTING -j neutron-l3-agent-PREROUTING',
      '-A neutron-l3-agent-PREROUTING -j neutron-l3-agent-fip-pf',
      '-A neutron-l3-agent-PREROUTING -d 169.254.169.254/32 -i qr-+ -p tcp -m tcp --dport 80 -j REDIRECT ' +
        '--to-ports 9697',
      '-A neutron-l3-agent-fip-pf -j neutron-l3-agent-pf-aaaaaaaa',
      '-A neutron-l3-agent-fip-pf -j neutron-l3-agent-pf-bbbbbbbb',
      '-A neutron-l3-agent-pf-aaaaaaaa -d 11.11.11.11/32 -p tcp -m tcp --dport 2222 -j DNAT --to-destination ' +
        '10.10.10.11:22',
      '-A neutron-l3-agent-pf-bbbbbbbb -d 11.11.11.11/32 -p tcp -m tcp --dport 5000:5010 -j DNAT --to-destination ' +
        '10.10.10.12:6000-6010/5000',
    ]);
  });

  test('the address is on the gateway device, like that of any floating IP', () => {
    const router = inNamespace(compiled(topology([SSH])).graph, 'qrouter-');
    const whole = inNamespace(compiled(topology([], { target: '    instance: a\n' })).graph, 'qrouter-');
    expect(addressText(router)).toContain('11.11.11.11/32');
    expect(addressText(router)).toBe(addressText(whole));
  });

  test('a range may be forwarded to one port, and udp is separate from tcp', () => {
    const one =
      '{ id: cccccccc-0000-0000-0000-000000000000, protocol: udp, external_port_range: 53:54, internal_port: 53, ' +
      'instance: a }';
    expect(rulesOf(topology([one])).at(-1)).toBe(
      '-A neutron-l3-agent-pf-cccccccc -d 11.11.11.11/32 -p udp -m udp --dport 53:54 -j DNAT --to-destination ' +
        '10.10.10.11:53',
    );
  });

  test('a router without any has no chain for them', () => {
    expect(rulesOf(topology([], { target: '    instance: a\n' })).join()).not.toContain('pf');
  });

  test.each(['grizzly', 'mitaka'])('%s gets them under the prefix of its agent', (release) => {
    const agent = release === 'grizzly' ? 'quantum-l3-agent' : 'neutron-l3-agent';
    const rules = rulesOf(topology([SSH], { release }));
    expect(rules).toContain(`-A ${agent}-PREROUTING -j ${agent}-fip-pf`);
    expect(rules).toContain(`-A ${agent}-fip-pf -j ${agent}-pf-aaaaaaaa`);
  });

  test('the derived id depends on the external ports, not on order or target', () => {
    const [ssh, http] = [22, 80].map(
      (port) => `{ protocol: tcp, external_port: ${String(port)}, internal_port: ${String(port)}, instance: a }`,
    ) as [string, string];
    const chains = (...all: string[]): string[] =>
      rulesOf(topology(all))
        .filter((line) => line.startsWith('-N'))
        .sort();
    expect(chains(ssh, http)).toHaveLength(3);
    expect(chains(http, ssh)).toEqual(chains(ssh, http));
    expect(chains(ssh.replace('internal_port: 22', 'internal_port: 23'), http)).toEqual(chains(ssh, http));
  });

  test('two ids with the same beginning would share a chain: an error with both locations', () => {
    const alike = RANGE.replace('bbbbbbbb-1111', 'aaaaaaaa-2222');
    const { diagnostics } = compileTopology(validTopology(topology([SSH, alike])));
    expect(diagnostics.map(({ code, range }) => [code, range?.start.line])).toEqual([['NLC05', 20]]);
    expect(diagnostics[0]?.related?.[0]?.range.start.line).toBe(19);
  });
});
