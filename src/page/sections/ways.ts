import type { ResolvedTopology } from '../../resolve/resolved.ts';
import { formatPorts } from '../../net/ports.ts';
import { clean } from '../../render/clean.ts';
import type { Hop, PartName, Way } from '../wire/part.ts';

/** Returns the way of each floating IP that belongs to a part, or leads through it. */
export function floatingIpWays({ collection, name }: PartName, topology: ResolvedTopology): readonly Way[] {
  const belongs = (
    ip: { readonly name: string; readonly router: string },
    instances: readonly (string | undefined)[],
  ) =>
    (collection === 'floating_ips' && ip.name === name) ||
    (collection === 'routers' && ip.router === name) ||
    (collection === 'instances' && instances.includes(name));
  const whole = topology.floatingIps
    .filter((ip) => belongs(ip, [ip.instance]))
    .map((ip) => ({ name: clean(ip.name), hops: [...arrival(ip), ...delivery(topology, ip)] }));
  const forwarded = topology.forwardedIps.flatMap((ip) =>
    ip.forwardings
      .filter((one) => belongs(ip, [one.instance]))
      .map((one) => ({
        name: `${clean(ip.name)} ${one.protocol} ${formatPorts(one.external)}`,
        hops: [...arrival(ip), ...delivery(topology, { ...one, router: ip.router }, `:${formatPorts(one.internal)}`)],
      })),
  );
  return [...whole, ...forwarded];
}

/** From outside to the router that has the address. */
function arrival(ip: {
  readonly address: string;
  readonly router: string;
  readonly node: string;
  readonly device: string;
}): readonly Hop[] {
  return [
    { what: 'Outside', detail: `sends to ${ip.address}` },
    { what: `Router ${clean(ip.router)}`, detail: `${clean(ip.device)} on ${clean(ip.node)} has the address` },
  ];
}

/** From the translation to the guest. */
function delivery(
  { routers, instances }: ResolvedTopology,
  to: { readonly router: string; readonly fixedAddress: string; readonly instance?: string },
  port = '',
): readonly Hop[] {
  const guest = instances.get(to.instance ?? '');
  const its = guest?.ports.find(({ fixedIps }) => fixedIps.some(({ address }) => address === to.fixedAddress));
  const inside = routers.get(to.router)?.interfaces.find(({ network }) => network === its?.network);
  return [
    { what: 'DNAT', detail: `to ${to.fixedAddress}${port}` },
    ...(inside ? [{ what: `Network ${clean(inside.network)}`, detail: `by ${clean(inside.device)}` }] : []),
    ...(its ? [{ what: `Bridge ${clean(its.bridge)}`, detail: `on ${clean(its.node)}, port ${clean(its.tap)}` }] : []),
    {
      what: guest ? `Instance ${clean(guest.name)}` : 'Target',
      detail: `${its ? `${clean(its.device)}, ` : ''}${to.fixedAddress}${port}`,
    },
  ];
}
