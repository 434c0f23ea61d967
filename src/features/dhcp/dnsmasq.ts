import { createHash } from 'node:crypto';
import type { ResolvedDhcp, ResolvedNetwork, ResolvedTopology } from '../../resolve/resolved.ts';
import { file, topologyFolder } from '../../kinds/file/spec.ts';
import { process } from '../../kinds/process/spec.ts';
import { addressOf } from '../../model/resource.ts';
import type { Address, Resource } from '../../model/resource.ts';
import { addressOfCidr, parseBlock, sizeOfBlock } from '../../net/block.ts';
import { netmask } from '../../net/ipv4.ts';
import { additionalHosts, bindings, hasTags, hosts, leases } from './hosts.ts';
import { options } from './options.ts';

/** Maximum number of leases, as in Neutron (dnsmasq_lease_max). */
const LEASE_MAX = 2 ** 24;

/**
 * dnsmasq and its files. The lease file exists before dnsmasq starts, as in Neutron, and dnsmasq then maintains it: a
 * server that does not know a client's lease does not answer its renewal. `--dhcp-authoritative` would solve that too,
 * but it would also refuse clients of other servers on the network (LP 1457900).
 */
export function* dnsmasq(
  { name: topology, release }: Pick<ResolvedTopology, 'name' | 'release'>,
  network: ResolvedNetwork,
  port: ResolvedDhcp,
  device: readonly Address[],
): Generator<Resource> {
  const { node, netns, origin, clients } = port;
  const { dnsDomain } = network;
  const folder = folderOf(topology, network.id);
  const state = `${folder}/state`;
  const files = [
    file(node, hostsPath(topology, network.id), hosts(clients, dnsDomain), origin),
    file(node, `${folder}/addn_hosts`, additionalHosts(clients, dnsDomain), origin),
    file(node, `${folder}/opts`, options(network, port, release), origin),
  ];
  yield* files;
  const inputs = createHash('sha256');
  for (const { spec } of files) inputs.update(spec.content).update('\0');
  yield process(
    { node, netns, state },
    {
      argv: commandLine(network, port, folder, state),
      // If only one user id is mapped, dnsmasq can change neither user nor group.
      rootlessArgv: ['--user=root', '--group='],
      // By default it is the user dnsmasq or nobody.
      rootArgv: [],
      inputs: inputs.digest('hex').slice(0, 16),
      reads: files.map(({ name }) => name),
      // dnsmasq crashes on SIGHUP if it has read a host with a tag (observed with 2.90).
      reload: hasTags(clients) ? 'restart' : 'SIGHUP',
      bindings: bindings(clients),
      leaseDevice: port.device,
      seeds: { leases: leases(clients) },
    },
    origin,
    [...files.map(addressOf), ...device],
  );
}

function folderOf(topology: string, networkId: string): string {
  return `${topologyFolder(topology)}/dhcp/${networkId}`;
}

/** Returns the path of the hosts file of a network's server. */
export function hostsPath(topology: string, networkId: string): string {
  return `${folderOf(topology, networkId)}/host`;
}

/** Neutron's command line with netloom's paths. */
function commandLine(
  { mtu, dnsDomain }: ResolvedNetwork,
  { fixedIps }: ResolvedDhcp,
  folder: string,
  state: string,
): readonly string[] {
  const size = fixedIps.reduce((sum, { subnet }) => sum + sizeOfBlock(parseBlock(subnet.cidr)), 0);
  return [
    'dnsmasq',
    '--no-hosts',
    '--no-resolv',
    `--pid-file=${state}/pid`,
    `--dhcp-hostsfile=${folder}/host`,
    `--addn-hosts=${folder}/addn_hosts`,
    `--dhcp-optsfile=${folder}/opts`,
    `--dhcp-leasefile=${state}/leases`,
    '--dhcp-match=set:ipxe,175',
    '--dhcp-userclass=set:ipxe6,iPXE',
    '--local-service',
    '--bind-dynamic',
    ...fixedIps.map(({ subnet: { id, cidr, prefixLength } }) =>
      ['--dhcp-range=set:subnet-' + id, addressOfCidr(cidr), 'static', netmask(prefixLength), '86400s'].join(','),
    ),
    `--dhcp-option-force=option:mtu,${String(mtu)}`,
    `--dhcp-lease-max=${String(Math.min(size, LEASE_MAX))}`,
    '--conf-file=/dev/null',
    `--domain=${dnsDomain}`,
  ];
}
