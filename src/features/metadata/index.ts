import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { address } from '../../kinds/address/spec.ts';
import type { Contribution } from '../../model/feature.ts';
import { addressOf } from '../../model/resource.ts';
import { whole } from '../feature.ts';
import type { NetworkFeature } from '../feature.ts';
import { releaseBook } from '../releases/release-book.ts';
import { sourcesBy, sourcesOf } from './client.ts';
import type { Source } from './client.ts';
import { linkLocal } from './link-local.ts';
import { proxy } from './proxy.ts';
import type { Proxy } from './proxy.ts';

/**
 * Metadata proxies, and the rules that lead requests for metadata (169.254.169.254, port 80) to them. In a router,
 * rules redirect the request to port 9697 and block that port for all other traffic. Beside a DHCP server the proxy has
 * the address itself, for subnets without a router. Neutron runs a proxy in every router; netloom only where an
 * instance behind it has metadata, elsewhere a request is rejected. Zed's IPv6 address (fe80::a9fe:a9fe) is supported
 * as far as Neutron does for IPv4 subnets: it exists beside the DHCP server, and no proxy listens on it.
 */
export const metadata: NetworkFeature = {
  name: 'metadata',
  *contribute(topology) {
    const sources = sourcesOf(topology);
    yield* inRouters(topology, sources);
    yield* besideDhcp(topology, sources);
  },
};

function* inRouters({ name, routers, release }: ResolvedTopology, all: readonly Source[]): Generator<Contribution> {
  const { router: books } = releaseBook(release);
  const ranks = new Map(all.map((source, index) => [source, index]));
  const bySubnet = sourcesBy(all, ({ fixedIp }) => fixedIp.subnet.name);
  for (const { id, node, netns, interfaces, origin } of routers.values()) {
    for (const book of books) yield* book.fill('metadata', {}, { node, netns, origin });
    const subnets = new Set(interfaces.map(({ fixedIp }) => fixedIp.subnet.name));
    const sources = [...subnets].flatMap((subnet) => bySubnet.get(subnet) ?? []);
    sources.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
    if (sources.length === 0) continue;
    yield* wholes(name, { id, node, netns, origin, sources, bind: ':::9697', after: [] });
  }
}

function* besideDhcp({ name, networks, release }: ResolvedTopology, all: readonly Source[]): Generator<Contribution> {
  const { metadataCidr, metadataLinkLocal } = releaseBook(release);
  const byNetwork = sourcesBy(all, (source) => source.network);
  for (const { name: network, id, dhcp } of networks.values()) {
    if (dhcp === undefined) continue;
    const { node, netns, origin, isolated } = dhcp;
    const own = address(dhcp, metadataCidr, origin);
    yield whole(own);
    if (metadataLinkLocal !== undefined)
      for (const resource of linkLocal(dhcp, metadataLinkLocal)) yield whole(resource);
    const sources = byNetwork.get(network) ?? [];
    // An instance on a subnet without an address of the server could not be answered.
    if (!sources.some(({ fixedIp: { subnet } }) => subnet.enableDhcp && isolated.has(subnet.name))) continue;
    yield* wholes(name, { id, node, netns, origin, sources, bind: '169.254.169.254:80', after: [addressOf(own)] });
  }
}

function* wholes(topology: string, one: Proxy): Generator<Contribution> {
  for (const resource of proxy(topology, one)) yield whole(resource);
}
