import type { Command } from '../../model/command.ts';
import type { Kind, Need } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { familyOfText } from '../../net/address-text.ts';
import { blocksHolding, formatBlock } from '../../net/block.ts';
import { parseIp } from '../../net/ip.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { observeRoutes } from './observe.ts';
import { routeFields } from './fields.ts';
import type { RouteSpec } from './spec.ts';
import { routeTaken } from './taken.ts';
import { insideNetns } from '../netns/spec.ts';
import { addressesOf, networkKey } from '../address/spec.ts';
import { ROUTE } from './spec.ts';
import { describe, shown } from './words.ts';

function hopWords(hop: RouteSpec['nexthops'][number]): string[] {
  return [
    ...(hop.gateway === undefined ? [] : ['via', hop.gateway]),
    'dev',
    hop.device,
    ...(hop.onlink ? ['onlink'] : []),
  ];
}

function words(verb: 'replace' | 'del' | 'add', name: string, spec: RouteSpec): string[] {
  const [key = ''] = name.split('#');
  const [destination = '', ...suffixes] = key.split(/[@~]/);
  const selectors = suffixes.filter((suffix) => suffix.includes('=')).flatMap((suffix) => suffix.split('='));
  const { type, ...others } = spec.attributes ?? {};
  const [first, ...more] = spec.nexthops;
  const hops =
    more.length > 0
      ? spec.nexthops.flatMap((hop) => [
          'nexthop',
          ...hopWords(hop),
          ...(hop.weight === undefined ? [] : ['weight', `${hop.weight}`]),
        ])
      : first
        ? hopWords(first)
        : [];
  const attributes = [
    'proto',
    spec.protocol,
    'scope',
    spec.scope,
    ...(spec.metric === 0 ? [] : ['metric', `${spec.metric}`]),
  ];
  // The next hops end the line.
  return [
    'route',
    verb,
    ...(type === undefined ? [] : [type]),
    destination,
    ...selectors,
    ...attributes,
    ...Object.entries(others).flat(),
    ...hops,
  ];
}

function command(netns: Netns, line: readonly string[]): Command {
  return { tool: 'ip', netns, words: line };
}

/**
 * Returns the needs for the on-link routes by which a gateway can be reached: those to the networks that contain it.
 */
function* onLinkRoutesTo(gateway: string, netns: Netns): Iterable<Need> {
  if (familyOfText(gateway) === 6) return;
  for (const block of blocksHolding(parseIp(gateway), 8)) {
    yield { kind: ROUTE, netns, name: formatBlock(block), soft: true };
  }
}

/** A static route of a namespace of ours. */
export const routeKind: Kind<RouteSpec> = {
  name: ROUTE,
  ...routeFields,
  counted: { one: 'route', many: 'routes' },
  ownership: {
    ours:
      'in a namespace of ours: main table, `proto static`; in the node’s own: the same, if all devices are ports of ' +
      'ours',
    notes: 'routes of other protocols are foreign',
  },
  describe,
  shown,
  probes: [ipProbe, ovsProbe],
  observe: observeRoutes,
  restoresForeign: true,

  *needs({ netns, spec }) {
    // Not every foreign route has a device of ours.
    if (netns !== null) yield insideNetns(netns, true);
    for (const { device } of spec.nexthops) yield { kind: 'link', netns, name: device, contains: true };
    // The kernel accepts a gateway only if an address, or a route, makes it on-link; and with a device's last address
    // it deletes all of its routes.
    if (spec.nexthops.length > 0) yield { ...addressesOf(netns), soft: true };
    for (const { gateway } of spec.nexthops) if (gateway !== undefined) yield* onLinkRoutesTo(gateway, netns);
  },

  // The same route but for the protocol: ours was replaced by hand.
  recognises: (desired, { spec }) => JSON.stringify(desired.nexthops) === JSON.stringify(spec.nexthops),

  // If an address is deleted and its network stays on the link, the kernel's own route of the address still exists.
  create: ({ netns, name, spec }) => [command(netns, words(spec.scope === 'link' ? 'replace' : 'add', name, spec))],
  // Atomic: there is no moment without a route.
  update: ({ netns, name, spec }) => [command(netns, words('replace', name, spec))],
  remove: ({ netns, name, spec }) => [command(netns, words('del', name, spec))],
  inspect: routeTaken,

  touches({ action, name, desired }) {
    const [key = ''] = name.split('#');
    const [destination = ''] = key.split(/[@~]/);
    const spec = desired?.spec as RouteSpec | undefined;
    return [
      ...(action === 'create' ? [] : [{ takes: 'route', destination } as const]),
      ...(spec === undefined ? [] : [{ diverts: destination, devices: spec.nexthops.map(({ device }) => device) }]),
    ];
  },

  // The kernel refuses a route to a network while an address is in it.
  breakBeforeMake: ({ node, netns, name }) => [networkKey({ node, netns }, name)],
};
