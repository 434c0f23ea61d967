import type { FixedIp, ResolvedPort, ResolvedTopology, RouterPort } from '../../resolve/resolved.ts';
import type { Sender } from './probe.ts';

/** A port of ours with its address in a subnet: it can ask all ports of that subnet. */
export interface Neighbour extends Sender {
  readonly port: ResolvedPort;
  readonly fixedIp: FixedIp;
}

/** A port of a router, or of a DHCP server, in each of its subnets: routers first, their gateways after all others. */
export function neighbours({ routers, networks }: ResolvedTopology): readonly Neighbour[] {
  const all = [...routers.values()];
  const inner = all.flatMap(({ name, interfaces }) => interfaces.map((port) => ofRouter(name, port)));
  const outer = all.flatMap(({ name, gateway }) => (gateway ? [ofRouter(name, gateway)] : []));
  const servers = [...networks.values()].flatMap(({ name, dhcp }) =>
    (dhcp?.fixedIps ?? []).flatMap((fixedIp) => (dhcp ? [ofServer(name, dhcp, fixedIp)] : [])),
  );
  return [...inner, ...servers, ...outer];
}

/** Returns the router as a sender by one of its ports. */
export function ofRouter(name: string, port: RouterPort): Neighbour {
  return { node: port.node, netns: port.netns, words: `router ${name}`, port, fixedIp: port.fixedIp };
}

function ofServer(network: string, port: ResolvedPort, fixedIp: FixedIp): Neighbour {
  return { node: port.node, netns: port.netns, words: `DHCP server ${network}`, port, fixedIp };
}

/** Returns the DHCP servers in a subnet: their namespaces stand for the guests that the router serves. */
export function serversIn({ networks }: ResolvedTopology, subnet: string): readonly Neighbour[] {
  return [...networks.values()].flatMap(({ name, dhcp }) =>
    (dhcp?.fixedIps ?? [])
      .filter((fixedIp) => fixedIp.subnet.name === subnet)
      .flatMap((fixedIp) => (dhcp ? [ofServer(name, dhcp, fixedIp)] : [])),
  );
}

/** Returns the server in a subnet whose default route leads to this port of a router. */
export function serverBehind(resolved: ResolvedTopology, port: RouterPort): Neighbour | undefined {
  return serversIn(resolved, port.fixedIp.subnet.name).find(({ port: { fixedIps } }) => {
    const routed = fixedIps.find(({ subnet }) => subnet.gatewayIp !== null);
    return routed?.subnet.gatewayIp === port.fixedIp.address;
  });
}
