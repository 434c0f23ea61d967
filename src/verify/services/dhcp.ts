import type { ResolvedDhcp, ResolvedNetwork, ResolvedTopology } from '../../resolve/resolved.ts';
import type { ServiceProbe } from './probe.ts';
import { neighbours, type Neighbour } from './senders.ts';

/**
 * Returns requests for each DHCP server: from every router in its subnets a DHCPDISCOVER for the router's own port,
 * whose address the server has reserved like any other; and a query for that port's name. Without a router the server
 * queries itself: dnsmasq takes no DHCP message from its own namespace.
 */
export function dhcpProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  const all = neighbours(resolved);
  return [...resolved.networks.values()].flatMap((network) =>
    network.dhcp ? serverProbes(network, network.dhcp, all) : [],
  );
}

function serverProbes(
  network: ResolvedNetwork,
  dhcp: ResolvedDhcp,
  all: readonly Neighbour[],
): readonly ServiceProbe[] {
  const service = { node: dhcp.node, type: 'dhcp', name: network.name } as const;
  return dhcp.fixedIps.flatMap((own): readonly ServiceProbe[] => {
    const { address: server, subnet } = own;
    const near = all.filter(({ port, fixedIp }) => port.id !== dhcp.id && fixedIp.subnet.name === subnet.name);
    const names = [...near, undefined].slice(0, Math.max(1, near.length)).flatMap((from) => {
      const client = dhcp.clients.find(({ portId }) => from === undefined || portId === from.port.id);
      if (!client) return [];
      const sender = from ?? { node: dhcp.node, netns: dhcp.netns, words: `DHCP server ${network.name}` };
      const name = `${client.hostname}.${network.dnsDomain}`;
      return [{ service, from: sender, words: `DNS query for ${name}`, ask: { type: 'dns', server, name } } as const];
    });
    return [...near.map((from) => discover(service, server, from)), ...names];
  });
}

function discover(service: ServiceProbe['service'], server: string, from: Neighbour): ServiceProbe {
  const { address } = from.fixedIp;
  return {
    service,
    from,
    words: `DHCP request to ${server}`,
    ask: { type: 'dhcp', server, relay: address, mac: from.port.mac, address },
  };
}
