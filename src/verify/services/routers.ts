import type { ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';
import type { ServiceName, ServiceProbe } from './probe.ts';
import { ofRouter, serverBehind, serversIn, type Neighbour } from './senders.ts';

/**
 * Returns the requests that show whether routers work: each pings its gateway and the DHCP servers of its subnets,
 * these ping the router, and through it the gateway.
 */
export function routerProbes(resolved: ResolvedTopology): readonly ServiceProbe[] {
  return [...resolved.routers.values()].flatMap((router) => {
    const outside = gatewayProbe(router);
    return [
      ...(outside ? [outside] : []),
      ...innerProbes(resolved, router),
      ...throughProbes(resolved, router, outside),
    ];
  });
}

function serviceOf({ node, name }: ResolvedRouter): ServiceName {
  return { node, type: 'router', name };
}

function gatewayProbe(router: ResolvedRouter): ServiceProbe | undefined {
  const { gateway } = router;
  const address = gateway?.snatIp.subnet.gatewayIp ?? null;
  if (!gateway || address === null) return undefined;
  return {
    service: serviceOf(router),
    from: ofRouter(router.name, gateway),
    words: `ping ${address} (gateway)`,
    ask: {
      type: 'ping',
      address,
      device: gateway.device,
      source: gateway.snatIp.address,
      mac: null,
      target: 'mayFilter',
    },
  };
}

function innerProbes(resolved: ResolvedTopology, router: ResolvedRouter): readonly ServiceProbe[] {
  return router.interfaces.flatMap((port) => {
    const own = ofRouter(router.name, port);
    return serversIn(resolved, port.fixedIp.subnet.name).flatMap((server) => [
      pingOurs(router, own, server, `ping ${server.fixedIp.address} (DHCP server)`),
      pingOurs(router, server, own, `ping ${own.fixedIp.address} (router)`),
    ]);
  });
}

function pingOurs(router: ResolvedRouter, from: Neighbour, to: Neighbour, words: string): ServiceProbe {
  return {
    service: serviceOf(router),
    from,
    words,
    ask: {
      type: 'ping',
      address: to.fixedIp.address,
      device: from.port.device,
      source: from.fixedIp.address,
      mac: to.port.mac,
      target: 'mustAnswer',
    },
  };
}

/** Without SNAT the gateway may have no route for the answer. */
function throughProbes(
  resolved: ResolvedTopology,
  router: ResolvedRouter,
  outside: ServiceProbe | undefined,
): readonly ServiceProbe[] {
  if (outside?.ask.type !== 'ping' || router.gateway?.enableSnat !== true) return [];
  const { address } = outside.ask;
  return router.interfaces.flatMap((port): readonly ServiceProbe[] => {
    const server = serverBehind(resolved, port);
    if (!server) return [];
    return [
      {
        service: serviceOf(router),
        from: server,
        words: `ping ${address} (gateway) through the router`,
        ask: {
          type: 'ping',
          address,
          device: server.port.device,
          source: null,
          mac: null,
          target: 'mustAnswer',
        },
        after: outside,
      },
    ];
  });
}
