import type { Command } from '../../model/command.ts';
import type { Kind } from '../../model/kind.ts';
import type { Netns } from '../../model/resource.ts';
import { compareFields } from '../shared/compare.ts';
import { ipProbe, type RawRoute } from '../shared/ip.ts';
import { ownNamespaces } from '../shared/owner.ts';
import type { RouteSpec } from './spec.ts';

function specOf(raw: RawRoute): RouteSpec {
  const hops = raw.nexthops ?? [
    {
      ...(raw.gateway !== undefined && { gateway: raw.gateway }),
      ...(raw.dev !== undefined && { dev: raw.dev }),
      flags: raw.flags ?? [],
    },
  ];
  return {
    nexthops: hops.map((hop) => ({
      ...(hop.gateway !== undefined && { gateway: hop.gateway }),
      device: hop.dev ?? '',
      ...(hop.flags?.includes('onlink') && { onlink: true }),
    })),
    protocol: raw.protocol ?? 'boot',
    scope: raw.scope ?? 'global',
    metric: raw.metric ?? 0,
  };
}

function hopWords(hop: RouteSpec['nexthops'][number]): string[] {
  return [
    ...(hop.gateway === undefined ? [] : ['via', hop.gateway]),
    'dev',
    hop.device,
    ...(hop.onlink ? ['onlink'] : []),
  ];
}

function words(verb: 'replace' | 'del' | 'add', destination: string, spec: RouteSpec): string[] {
  const [first, ...more] = spec.nexthops;
  const hops =
    more.length > 0 ? spec.nexthops.flatMap((hop) => ['nexthop', ...hopWords(hop)]) : first ? hopWords(first) : [];
  const attributes = [
    'proto',
    spec.protocol,
    'scope',
    spec.scope,
    ...(spec.metric === 0 ? [] : ['metric', `${spec.metric}`]),
  ];
  // `scope` goes before the next hops, which end the line.
  return ['route', verb, destination, ...attributes, ...hops];
}

function command(netns: Netns, line: readonly string[]): Command {
  return { tool: 'ip', netns, words: line };
}

/** A route's destination, without the metric that its name may carry. */
function destinationOf(name: string): string {
  return name.split('@')[0] ?? name;
}

/** A static route in the main table of a namespace of ours. */
export const routeKind: Kind<RouteSpec> = {
  name: 'route',
  ownership: 'in a namespace of ours: main table, `proto static`; any other protocol is foreign',
  probes: [ipProbe],

  *observe(view, topology) {
    for (const { netns, get } of ownNamespaces(view, topology)) {
      for (const raw of get(ipProbe)?.routes ?? []) {
        if ((raw.table ?? 'main') !== 'main' || (raw.type ?? 'unicast') !== 'unicast' || raw.protocol === 'kernel')
          continue;
        if (raw.protocol === 'ra' || `${raw.dst}${raw.gateway ?? ''}`.includes(':')) continue;
        const spec = specOf(raw);
        const name = spec.metric === 0 ? raw.dst : `${raw.dst}@${spec.metric}`;
        yield {
          node: view.node,
          netns,
          kind: 'route',
          name,
          owner: raw.protocol === 'static' ? 'ours' : 'foreign',
          spec,
        };
      }
    }
  },

  needs: ({ netns, spec }) =>
    spec.nexthops.map(({ device }) => ({ kind: 'link', netns, name: device, contains: true })),

  // The same route but for the protocol: somebody replaced ours by hand.
  adopts: (desired, { spec }) => JSON.stringify(desired.nexthops) === JSON.stringify(spec.nexthops),

  compare: (desired, observed) =>
    compareFields(desired, observed, { nexthops: 'update', protocol: 'update', scope: 'update', metric: 'update' }),

  create: ({ netns, name, spec }) => [command(netns, words('add', destinationOf(name), spec))],
  // One stroke: there is no moment without a route.
  update: ({ netns, name, spec }) => [command(netns, words('replace', destinationOf(name), spec))],
  remove: ({ netns, name, spec }) => [command(netns, words('del', destinationOf(name), spec))],
  impact: (action) => (action === 'create' ? 'none' : 'flap'),
};
