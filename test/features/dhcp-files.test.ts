import { expect, test } from 'vitest';
import type { ProcessSpec } from '../../src/kinds/process/spec.ts';
import { compiled } from '../support/compiled.ts';
import { fileText, inNamespace, ofKind } from '../support/namespace-text.ts';

const HEAD = `
name: t
physical_networks: { wire: {} }
nodes: { n1: { nics: { eth1: { physical_network: wire } } } }
`;
const A = 'aaaaaaaa-0000-0000-0000-000000000001';
const B = 'bbbbbbbb-0000-0000-0000-000000000001';
const PORT = 'eeeeeeee-0000-0000-0000-000000000001';

/** The files of one network's DHCP server, its command line, and its possible leases. */
function server(
  network: string,
  instances: string,
  top = '',
): Record<'host' | 'addn_hosts' | 'opts', string> & { process: ProcessSpec } {
  const { graph } = compiled(
    `${HEAD}${top}\nnetworks: { lan: { physical_network: wire, ${network} } }\ninstances: ${instances}\n`,
  );
  const [process] = ofKind(inNamespace(graph, 'qdhcp-'), 'process');
  const text = (name: string): string => fileText(graph, name) ?? '';
  return {
    host: text('host'),
    addn_hosts: text('addn_hosts'),
    opts: text('opts'),
    process: process?.spec as ProcessSpec,
  };
}

const ONE = `subnets: { a: { id: ${A}, cidr: 10.0.0.0/24, dns_nameservers: [8.8.8.8] } }`;

/** One instance with one port that has these fields. */
function port(more: string): string {
  const own = `id: ${PORT}, network: lan, mac_address: fa:16:3e:00:00:01, fixed_ip_address: 10.0.0.11`;
  return `{ vm: { node: n1, ports: { eth0: { ${own}, ${more} } } } }`;
}

test('a port’s own options: a tag on its line, and a line each after those of the subnets', () => {
  const { host, opts } = server(
    ONE,
    port(`extra_dhcp_opts: [{ opt_name: bootfile-name, opt_value: pxelinux.0 }, { opt_name: '150', opt_value: 10.0.0.5 },
      { opt_name: 'tag:ipxe,67', opt_value: 'http://10.0.0.5/boot?mac=1&x', ip_version: 4 }]`),
  );
  expect(host).toBe(`fa:16:3e:00:00:01,host-10-0-0-11.openstacklocal,10.0.0.11,set:port-${PORT}\n`);
  expect(opts.split('\n').slice(-4)).toEqual([
    `tag:subnet-${A},option:router,10.0.0.1`,
    `tag:port-${PORT},option:bootfile-name,pxelinux.0`,
    `tag:port-${PORT},150,10.0.0.5`,
    `tag:port-${PORT},tag:ipxe,67,http://10.0.0.5/boot?mac=1&x`,
  ]);
});

test('a port’s own options require a restart of the process, its DNS name only a SIGHUP', () => {
  expect(server(ONE, port("extra_dhcp_opts: [{ opt_name: mtu, opt_value: '1300' }]")).process.reload).toBe('restart');
  expect(server(ONE, port('dns_name: web'), 'dns_domain: example.org').process.reload).toBe('SIGHUP');
});

test('a client identifier is part of the line, not an option', () => {
  const id = "{ opt_name: client-id, opt_value: 'ff:00:11' }";
  const alone = server(ONE, port(`extra_dhcp_opts: [${id}]`));
  expect(alone.host).toBe('fa:16:3e:00:00:01,id:ff:00:11,host-10-0-0-11.openstacklocal,10.0.0.11\n');
  expect(alone.opts).not.toContain('port-');
  const both = server(ONE, port(`extra_dhcp_opts: [${id}, { opt_name: mtu, opt_value: '1300' }]`));
  expect(both.host).toBe(`fa:16:3e:00:00:01,id:ff:00:11,host-10-0-0-11.openstacklocal,10.0.0.11,set:port-${PORT}\n`);
  expect(both.opts.split('\n').at(-1)).toBe(`tag:port-${PORT},option:mtu,1300`);
});

test('a port’s DNS name replaces the name of its address in all files', () => {
  const { host, addn_hosts, process } = server(ONE, port('dns_name: web'), 'dns_domain: example.org');
  expect(host).toBe('fa:16:3e:00:00:01,web.example.org,10.0.0.11\n');
  expect(addn_hosts).toBe('10.0.0.11\tweb.example.org web\n');
  expect(process.argv.at(-1)).toBe('--domain=example.org');
  expect(process.seeds['leases']).toBe('0 fa:16:3e:00:00:01 10.0.0.11 web *\n');
});

test('a DNS name has no effect under the default domain, as in Neutron', () => {
  for (const top of ['', 'dns_domain: openstacklocal']) {
    const { host, addn_hosts, process } = server(ONE, port('dns_name: web'), top);
    expect(host).toBe('fa:16:3e:00:00:01,host-10-0-0-11.openstacklocal,10.0.0.11\n');
    expect(addn_hosts).toBe('10.0.0.11\thost-10-0-0-11.openstacklocal host-10-0-0-11\n');
    expect(process.seeds['leases']).toBe('0 fa:16:3e:00:00:01 10.0.0.11 host-10-0-0-11 *\n');
  }
});

test('a network’s own domain takes precedence over the topology’s', () => {
  const { host, process } = server(`dns_domain: lan.example, ${ONE}`, port('dns_name: web'), 'dns_domain: example.org');
  expect(host).toBe('fa:16:3e:00:00:01,web.lan.example,10.0.0.11\n');
  expect(process.argv.at(-1)).toBe('--domain=lan.example');
});

test('several subnets: a range for each that has DHCP, one set of files, every name', () => {
  const { host, addn_hosts, opts, process } = server(
    `dhcp: { fixed_ip_address: 10.0.0.2 }, subnets: { a: { id: ${A}, cidr: 10.0.0.0/24, dns_nameservers: [8.8.8.8] },
       b: { id: ${B}, cidr: 10.1.0.0/25, dns_nameservers: [9.9.9.9], gateway_ip: 10.1.0.126 },
       c: { cidr: 10.2.0.0/24, enable_dhcp: false } }`,
    `{ one: { node: n1, ports: { eth0: { network: lan, mac_address: fa:16:3e:00:00:01, fixed_ip_address: 10.0.0.11 } } },
       two: { node: n1, ports: { eth0: { network: lan, mac_address: fa:16:3e:00:00:02, fixed_ip_address: 10.1.0.11 } } },
       three: { node: n1, ports: { eth0: { network: lan, mac_address: fa:16:3e:00:00:03, fixed_ip_address: 10.2.0.11 } } } }`,
  );
  expect(process.argv.filter((word) => /--dhcp-(?:range|lease-max)/.test(word))).toEqual([
    `--dhcp-range=set:subnet-${A},10.0.0.0,static,255.255.255.0,86400s`,
    `--dhcp-range=set:subnet-${B},10.1.0.0,static,255.255.255.128,86400s`,
    '--dhcp-lease-max=384',
  ]);
  expect(host).toBe(
    'fa:16:3e:00:00:01,host-10-0-0-11.openstacklocal,10.0.0.11\n' +
      'fa:16:3e:00:00:02,host-10-1-0-11.openstacklocal,10.1.0.11\n',
  );
  // Neutron's agent leaves an address without DHCP out of the hosts and the leases, and lists its name all the same.
  expect(addn_hosts).toContain('10.2.0.11\thost-10-2-0-11.openstacklocal host-10-2-0-11\n');
  expect(process.bindings).toEqual(['10.0.0.11 fa:16:3e:00:00:01', '10.1.0.11 fa:16:3e:00:00:02']);
  const routes = (own: string, others: string): string[] => [
    `option:classless-static-route,${others},${own}`,
    `249,${others},${own}`,
  ];
  const own = (id: string): string[] =>
    opts
      .split('\n')
      .filter((line) => line.startsWith(`tag:subnet-${id},`))
      .map((line) => line.slice(`tag:subnet-${id},`.length));
  expect(own(A)).toEqual([
    'option:dns-server,8.8.8.8',
    ...routes('169.254.169.254/32,10.0.0.2,0.0.0.0/0,10.0.0.1', '10.2.0.0/24,0.0.0.0,10.1.0.0/25,0.0.0.0'),
    'option:router,10.0.0.1',
  ]);
  expect(own(B)).toEqual([
    'option:dns-server,9.9.9.9',
    ...routes('169.254.169.254/32,10.1.0.78,0.0.0.0/0,10.1.0.126', '10.2.0.0/24,0.0.0.0,10.0.0.0/24,0.0.0.0'),
    'option:router,10.1.0.126',
  ]);
});

test('a port with several addresses: a line for each that has DHCP, in Neutron’s order, and every name', () => {
  const { host, addn_hosts, process } = server(
    `subnets: { a: { id: ${A}, cidr: 10.0.0.0/24, dns_nameservers: [8.8.8.8] }, c: { cidr: 10.2.0.0/24, ` +
      'enable_dhcp: false } }',
    '{ vm: { node: n1, ports: { eth0: { network: lan, mac_address: fa:16:3e:00:00:01, fixed_ips: [10.0.0.9, ' +
      '10.2.0.11, 10.0.0.10] } } } }',
  );
  // Sorted as text, because the column of Neutron's database is text.
  expect(host).toBe(
    'fa:16:3e:00:00:01,host-10-0-0-10.openstacklocal,10.0.0.10\n' +
      'fa:16:3e:00:00:01,host-10-0-0-9.openstacklocal,10.0.0.9\n',
  );
  expect(addn_hosts).toBe(
    ['10.0.0.10', '10.0.0.9', '10.2.0.11']
      .map((address) => [address, `host-${address.replaceAll('.', '-')}`])
      .map(([address, name]) => `${address!}\t${name!}.openstacklocal ${name!}\n`)
      .join(''),
  );
  // The guest may keep any of them; only the lease of a removed address is released.
  expect(process.bindings).toEqual(['10.0.0.10 fa:16:3e:00:00:01', '10.0.0.9 fa:16:3e:00:00:01']);
  expect(process.seeds['leases']).toBe(
    '0 fa:16:3e:00:00:01 10.0.0.10 host-10-0-0-10 *\n0 fa:16:3e:00:00:01 10.0.0.9 host-10-0-0-9 *\n',
  );
});

test('a port’s name and options apply to all its addresses', () => {
  const { host, addn_hosts, opts } = server(
    ONE,
    `{ vm: { node: n1, ports: { eth0: { id: ${PORT}, network: lan, mac_address: fa:16:3e:00:00:01, fixed_ips: [10.0.0.11, 10.0.0.12],
       dns_name: web, extra_dhcp_opts: [{ opt_name: mtu, opt_value: '1300' }] } } } }`,
    'dns_domain: example.org',
  );
  const line = (address: string): string => `fa:16:3e:00:00:01,web.example.org,${address},set:port-${PORT}\n`;
  expect(host).toBe(line('10.0.0.11') + line('10.0.0.12'));
  expect(addn_hosts).toBe('10.0.0.11\tweb.example.org web\n10.0.0.12\tweb.example.org web\n');
  expect(opts.split('\n').filter((option) => option.includes('port-'))).toEqual([`tag:port-${PORT},option:mtu,1300`]);
});
