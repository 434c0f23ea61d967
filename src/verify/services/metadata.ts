import type { ResolvedInstance, ResolvedNetwork, ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';
import type { ServiceProbe } from './probe.ts';
import { serversIn } from './senders.ts';

const METADATA = '169.254.169.254';
/** The port of a router's proxy, and the mark without which the router's rules refuse it. */
const [PROXY_PORT, PROXY_MARK] = [9697, 1];

/**
 * Returns requests for metadata. A router's proxy is asked inside the router, by the mark that its rules give to
 * requests of guests; whether the rules lead there is shown by a SYN from a DHCP server behind the router, whose own
 * address 169.254.169.254 it does not ask. A proxy beside a DHCP server is asked there. No sender is a guest with
 * metadata, so 404 is the answer of a proxy that works.
 */
export function metadataProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  const guests = [...resolved.instances.values()].filter(({ metadata }) => metadata !== undefined);
  return [
    ...[...resolved.routers.values()].flatMap((router) => inRouter(resolved, router, guests)),
    ...[...resolved.networks.values()].flatMap((network) => besideServer(network, guests)),
  ];
}

function subnetsOf(guests: readonly ResolvedInstance[]): ReadonlySet<string> {
  return new Set(guests.flatMap(({ ports }) => ports.flatMap(({ fixedIps }) => fixedIps.map((ip) => ip.subnet.name))));
}

function inRouter(
  resolved: ResolvedTopology,
  { name, node, netns, interfaces }: ResolvedRouter,
  guests: readonly ResolvedInstance[],
): readonly ServiceProbe[] {
  const service = { node, type: 'router', name } as const;
  const subnets = subnetsOf(guests);
  if (!interfaces.some(({ fixedIp }) => subnets.has(fixedIp.subnet.name))) return [];
  const entrances = interfaces.flatMap((port) =>
    serversIn(resolved, port.fixedIp.subnet.name).map((from): ServiceProbe => {
      const { device } = from.port;
      const ask = { device, source: from.fixedIp.address, address: METADATA, port: 80, mac: port.mac };
      return { service, from, words: 'metadata, through the router', ask: { type: 'syn', ...ask } };
    }),
  );
  const proxy = { type: 'http', address: '127.0.0.1', port: PROXY_PORT, mark: PROXY_MARK } as const;
  const inside = { node, netns, words: `router ${name}` };
  return [{ service, from: inside, words: 'metadata, its proxy', ask: proxy }, ...entrances];
}

function besideServer({ name, dhcp }: ResolvedNetwork, guests: readonly ResolvedInstance[]): readonly ServiceProbe[] {
  const subnets = subnetsOf(guests);
  if (!dhcp?.fixedIps.some(({ subnet }) => subnets.has(subnet.name) && dhcp.isolated.has(subnet.name))) return [];
  return [
    {
      service: { node: dhcp.node, type: 'dhcp', name },
      from: { node: dhcp.node, netns: dhcp.netns, words: `DHCP server ${name}` },
      words: 'metadata',
      ask: { type: 'http', address: METADATA, port: 80, mark: 0 },
    },
  ];
}
