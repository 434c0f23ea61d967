import { familyOfText } from '../../net/address-text.ts';
import { connectedTo } from '../../kernel/links/connected.ts';
import type { RawAddress, RawLink, RawRoute } from '../../kernel/probes/ip.ts';

/** A route that the kernel adds with an address, by what identifies it. */
interface OwnRoute {
  readonly type?: 'local' | 'broadcast' | 'multicast';
  readonly destination: string;
  readonly table: 'main' | 'local';
  readonly source?: string;
  /** Absent: any. */
  readonly metric?: number;
}

/** Returns the routes that the kernel adds with an address of a link that is up, and that are missing. */
export function lostRoutes(link: RawLink, raw: RawAddress, routes: readonly RawRoute[]): readonly string[] {
  // An address that is still checked for duplicates, or is one, has no route yet.
  if (raw.local === undefined || !link.flags.includes('UP') || raw.tentative || raw.dadfailed) return [];
  return routesOf(raw, raw.local)
    .filter((own) => !routes.some((route) => isThis(route, own, link.ifname)))
    .map((own) => wordsOf(own, link.ifname));
}

function routesOf(raw: RawAddress, local: string): readonly OwnRoute[] {
  const network = connectedTo(raw);
  if (familyOfText(local) === 6) {
    return [
      { type: 'local', destination: local, table: 'local' },
      ...(network === undefined ? [] : [{ destination: network, table: 'main', metric: raw.metric ?? 256 } as const]),
      { type: 'multicast', destination: 'ff00::/8', table: 'local' },
    ];
  }
  return [
    // That of a secondary address has the primary as its source.
    { type: 'local', destination: local, table: 'local', ...(raw.secondary !== true && { source: local }) },
    ...(network === undefined
      ? []
      : [{ destination: network, table: 'main', source: local, metric: raw.metric ?? 0 } as const]),
    // That of a secondary address is the primary's.
    ...(raw.broadcast === undefined || raw.secondary === true
      ? []
      : [{ type: 'broadcast', destination: raw.broadcast, table: 'local', source: local } as const]),
  ];
}

function isThis(route: RawRoute, own: OwnRoute, device: string): boolean {
  return (
    route.dst === own.destination &&
    route.dev === device &&
    route.gateway === undefined &&
    (route.table ?? 'main') === own.table &&
    // Old kernels list their own multicast route as a unicast one.
    (own.type === 'multicast' || (route.type ?? 'unicast') === (own.type ?? 'unicast')) &&
    (own.source === undefined || route.prefsrc === own.source) &&
    (own.metric === undefined || (route.metric ?? 0) === own.metric)
  );
}

function wordsOf({ type, destination, table, source, metric = 0 }: OwnRoute, device: string): string {
  const scope = source === undefined ? [] : ['scope', type === 'local' ? 'host' : 'link'];
  return [
    ...(type === undefined ? [] : [type]),
    destination,
    ...['dev', device, 'table', table, 'proto', 'kernel', ...scope],
    ...(source === undefined ? [] : ['src', source]),
    ...(metric === 0 ? [] : ['metric', String(metric)]),
  ].join(' ');
}
