import type { PlanResult } from '../../session/engine.ts';
import type { Desired } from '../../session/desired.ts';
import { clean } from '../../render/clean.ts';
import { floatingIpsOf } from '../../render/show/floating-ips.ts';
import { servicesOf, type Service } from '../../render/show/services.ts';
import { filtersOf, proxiesOf, type Helper } from '../../render/show/helpers.ts';
import type { PartName } from '../wire/part.ts';
import type { FloatingIpRow, Health, ServiceRow } from '../wire/services.ts';

/** Remembers since when a service has been seen with its health. */
export interface Since {
  /** Returns the time at which the service with this key was first seen so, without a change since. */
  of(key: string, health: Health, now: number): number;
}

/** Creates an empty memory. */
export function createSince(): Since {
  const seen = new Map<string, { readonly health: Health; readonly at: number }>();
  return {
    of(key, health, now) {
      const before = seen.get(key);
      if (before?.health === health) return before.at;
      seen.set(key, { health, at: now });
      return now;
    },
  };
}

/** Returns every service with its health and the time since when it has been so. */
export function serviceRows(
  { resolved, graph }: Pick<Desired, 'resolved' | 'graph'>,
  { plan, diagnostics }: Pick<PlanResult, 'plan' | 'diagnostics'>,
  since: Since,
  now: number,
): readonly ServiceRow[] {
  const services = servicesOf(resolved, plan, diagnostics);
  const helpers = [...proxiesOf(resolved, graph, plan), ...filtersOf(resolved, plan)];
  const row = ({ node, type, name, object, health, detail }: Service | Helper): ServiceRow => {
    const key = [node, type, name, object].join('\u0000');
    const reason = clean(detail) || (health === 'missing' ? 'it is not on the node' : '');
    const seen = { health, since: since.of(key, health, now), reason };
    return { key, node, type, name: clean(name), object: clean(object), ...seen, part: partOf(type, name) };
  };
  const order = [...resolved.nodes.keys()];
  const rank = new Map(order.map((node, index) => [node, index]));
  return [...services, ...helpers].map(row).sort((a, b) => (rank.get(a.node) ?? 0) - (rank.get(b.node) ?? 0));
}

/** Returns the part of the file that a service comes from. */
function partOf(type: ServiceRow['type'], name: string): PartName | null {
  switch (type) {
    case 'node':
      return { collection: 'nodes', name };
    case 'router':
      return { collection: 'routers', name };
    case 'dhcp':
      return { collection: 'networks', name };
    case 'bridge':
      return name === '' || name.includes(', ') ? null : { collection: 'networks', name };
    case 'instance':
      return { collection: 'instances', name: name.slice(0, name.lastIndexOf(' ')) };
    case 'metadata':
    case 'filter':
      return null;
  }
}

/** Returns every floating IP with its health. */
export function floatingIpRows(
  { resolved }: Pick<Desired, 'resolved'>,
  { plan, diagnostics }: Pick<PlanResult, 'plan' | 'diagnostics'>,
): readonly FloatingIpRow[] {
  return floatingIpsOf(resolved, plan, diagnostics).map((ip) => ({
    name: clean(ip.name),
    address: ip.address,
    node: ip.node,
    router: ip.router,
    target:
      ip.fixed_address === null
        ? ip.port_forwardings
            .map(({ protocol, external_ports: external, internal_ports: internal, fixed_address: to, instance }) => {
              return `${protocol} ${external} → ${to}:${internal}${guest(instance)}`;
            })
            .join(', ')
        : `${ip.fixed_address}${guest(ip.instance)}`,
    health: ip.health,
  }));
}

function guest(instance: string | null): string {
  return instance === null ? '' : ` (${clean(instance)})`;
}
