import { contains, parseBlock } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import type { ExternalAddress, ResolvedRouter, ResolvedTopology, RouterPort } from '../../resolve/resolved.ts';
import type { Ask, Sender, ServiceProbe } from './probe.ts';
import { ofRouter, serverBehind } from './senders.ts';

/**
 * Returns a round trip through each floating IP and each forwarded TCP port: from the DHCP server behind the router;
 * for a whole floating IP otherwise by the router itself. If the guest is silent, the connections that the router
 * tracks show whether it translated the request. No outside host is asked.
 */
export function floatingIpProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  return [...wholeProbes(resolved), ...forwardingProbes(resolved)];
}

function wholeProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  return resolved.floatingIps.flatMap((ip): readonly ServiceProbe[] => {
    const { router, port } = pathOf(resolved, ip, ip.fixedAddress);
    if (!router || !port) return [];
    const server = serverBehind(resolved, port);
    const from = server ?? ofRouter(router.name, port);
    // What the router itself sends is translated before it leaves, so no device sees the floating IP.
    const device = server?.port.device ?? 'lo';
    const ask: Ask = { type: 'ping', address: ip.address, device, source: null, mac: null, target: 'mustAnswer' };
    return [{ ...probeOf(ip, ip.fixedAddress), from, words: `ping ${ip.address}`, ask }];
  });
}

function forwardingProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  return resolved.forwardedIps.flatMap((ip) =>
    ip.forwardings
      .filter(({ protocol }) => protocol === 'tcp')
      .flatMap(({ external, fixedAddress }): readonly ServiceProbe[] => {
        const { port } = pathOf(resolved, ip, fixedAddress);
        const server = port && serverBehind(resolved, port);
        if (!port || !server) return [];
        const { device } = server.port;
        const ask: Ask = {
          type: 'syn',
          device,
          source: server.fixedIp.address,
          address: ip.address,
          port: external.first,
          mac: port.mac,
        };
        const words = `TCP ${ip.address}:${String(external.first)}`;
        return [{ ...probeOf(ip, fixedAddress), from: server, words, ask }];
      }),
  );
}

/** Returns the router of a floating IP, and its port in the subnet of the target. */
function pathOf(
  { routers }: ResolvedTopology,
  ip: ExternalAddress,
  fixedAddress: string,
): { readonly router: ResolvedRouter | undefined; readonly port: RouterPort | undefined } {
  const router = routers.get(ip.router);
  const target = parseIp(fixedAddress);
  const port = router?.interfaces.find(({ fixedIp }) => contains(parseBlock(fixedIp.subnet.cidr), target));
  return { router, port };
}

function probeOf(ip: ExternalAddress, fixedAddress: string): Pick<ServiceProbe, 'service' | 'otherwise'> {
  const { node, netns, name, router, address } = ip;
  const from: Sender = { node, netns, words: `router ${router}` };
  return {
    service: { node, type: 'floating-ip', name },
    otherwise: { from, ask: { type: 'translated', address, fixedAddress } },
  };
}
