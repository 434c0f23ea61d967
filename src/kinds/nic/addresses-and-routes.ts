import { keptLabels, type KeptLabels } from '../../kernel/links/alias.ts';
import { familyOfRoute } from '../../kernel/probes/ip.ts';
import type { RawAddress, RawLink, RawRoute } from '../../kernel/probes/ip.ts';
import { familyOfText } from '../../net/address-text.ts';

/** Placeholder of the device's name in a line, so that the line can be written for another device. */
const DEVICE = '@device';

/** Without a unit these are eighths and quarters of a millisecond. */
const TIMES = new Set(['rtt', 'rttvar']);

/** Placeholder of the label that marks an address as ours on its device. */
export const LABEL = '@label';

/** A device that addresses and routes are moved from or to, and the label that marks an address of ours there. */
export interface LabelledDevice {
  readonly device: string;
  readonly label: string | undefined;
}

const FOREVER = 4294967295;

function labelWord(device: string, raw: RawAddress, label: string | undefined, kept: KeptLabels): string | undefined {
  if (raw.label === undefined) return undefined;
  if (raw.label === label) return LABEL;
  const suffix = raw.label === device ? kept.get(`${raw.local ?? ''}/${raw.prefixlen}`) : undefined;
  return suffix === undefined ? raw.label.replace(device, DEVICE) : `${DEVICE}:${suffix}`;
}

/** Returns the labels that a device's name leaves no room for, as far as an alias can keep them. */
export function labelsWithoutRoom(lines: readonly string[], device: string): KeptLabels {
  const found = lines.flatMap((words) => {
    const label = / label @device:([A-Za-z0-9_.-]+)/.exec(words)?.[1];
    const cidr = words.split(' ')[1] ?? '';
    return label !== undefined && device.length + 1 + label.length > 15 ? [[cidr, label] as const] : [];
  });
  return new Map(found);
}

function addressWords(
  device: string,
  raw: RawAddress,
  label: string | undefined,
  kept: KeptLabels,
): string | undefined {
  // The kernel gives every link its own link-local address; multicast and host-scope ones are not moved.
  if (raw.local === undefined || raw.scope === 'host' || (raw.family === 'inet6' && raw.scope === 'link'))
    return undefined;
  const words = ['addr', `${raw.local}${raw.address === undefined ? '' : ` peer ${raw.address}`}/${raw.prefixlen}`];
  if (raw.broadcast !== undefined) words.push('broadcast', raw.broadcast);
  words.push('scope', raw.scope);
  if (raw.metric !== undefined) words.push('metric', `${raw.metric}`);
  const named = labelWord(device, raw, label, kept);
  if (named !== undefined) words.push('label', named);
  if (raw.noprefixroute) words.push('noprefixroute');
  if (raw.family === 'inet6') words.push('nodad');
  if ((raw.valid_life_time ?? FOREVER) !== FOREVER) {
    words.push('valid_lft', `${raw.valid_life_time}`, 'preferred_lft', `${raw.preferred_life_time ?? 0}`);
  }
  return words.join(' ');
}

function routeWords(device: string, route: RawRoute): string | undefined {
  const hops = route.nexthops ?? [];
  if (route.dev !== device && !hops.some((hop) => hop.dev === device)) return undefined;
  // The kernel creates these routes from the addresses.
  if (
    route.protocol === 'kernel' ||
    route.table === 'local' ||
    ['local', 'broadcast', 'multicast', 'anycast'].includes(route.type ?? '')
  ) {
    return undefined;
  }
  const isV6 = familyOfRoute(route) === 6;
  const words = ['route'];
  if (route.type !== undefined && route.type !== 'unicast') words.push(route.type);
  // A batch line can't contain -6, so the destination shows the family.
  words.push(route.dst === 'default' && isV6 ? '::/0' : route.dst);
  if (route.tos !== undefined) words.push('tos', route.tos);
  if (route.via !== undefined) words.push('via', route.via.family, route.via.host);
  if (route.gateway !== undefined) words.push('via', route.gateway);
  if (route.dev === device) words.push('dev', DEVICE);
  if (route.table !== undefined) words.push('table', route.table);
  if (route.protocol !== undefined) words.push('proto', route.protocol);
  if (route.scope !== undefined && !isV6) words.push('scope', route.scope);
  if (route.prefsrc !== undefined) words.push('src', route.prefsrc);
  if (route.metric !== undefined) words.push('metric', `${route.metric}`);
  for (const [name, value] of Object.entries(route.metrics?.[0] ?? {})) {
    // JSON and command line differ in one word (iproute2, mxlock and RTAX_CC_ALGO).
    words.push(name === 'congestion' ? 'congctl' : name, `${String(value)}${TIMES.has(name) ? 'ms' : ''}`);
  }
  if (route.flags?.includes('onlink')) words.push('onlink');
  if (route.pref !== undefined && route.pref !== 'medium') words.push('pref', route.pref);
  for (const hop of hops) {
    words.push('nexthop');
    if (hop.gateway !== undefined) words.push('via', hop.gateway);
    words.push('dev', hop.dev === device ? DEVICE : (hop.dev ?? ''));
    if (hop.weight !== undefined && hop.weight !== 1) words.push('weight', `${hop.weight}`);
    if (hop.flags?.includes('onlink')) words.push('onlink');
  }
  return words.join(' ');
}

/**
 * Returns the addresses in order, then the routes in order, that would be lost or useless if the device became a
 * bridge's port.
 */
export function linesOf(link: RawLink, routes: readonly RawRoute[], label: string | undefined): readonly string[] {
  const kept = keptLabels(link.ifalias);
  const addresses = (link.addr_info ?? []).map((raw) => addressWords(link.ifname, raw, label, kept));
  return [...addresses, ...routes.map((route) => routeWords(link.ifname, route))].filter(
    (words) => words !== undefined,
  );
}

function onDevice(words: string, { device, label }: LabelledDevice): string[] {
  return words.split(' ').map((word) => {
    if (word === LABEL) return label ?? device;
    const named = word.replace(DEVICE, device);
    // The kernel keeps 15 characters of a label; a shortened one could be taken for another.
    return word.startsWith(`${DEVICE}:`) && named.length > 15 ? device : named;
  });
}

/** The kernel lists IPv4 addresses in the order in which they were added, and IPv6 addresses in the reverse order. */
function inOrderOfAddition(addresses: readonly string[]): string[] {
  const isV6 = (words: string): boolean => familyOfText(words.split(' ')[1] ?? '') === 6;
  return [...addresses.filter((words) => !isV6(words)), ...addresses.filter(isV6).reverse()];
}

/**
 * Returns what identifies a route in its table: destination, type of service and metric. Routes that share it keep
 * their order.
 */
function routeKey(words: readonly string[]): string {
  const after = (name: string): string => (words.includes(name) ? (words[words.indexOf(name) + 1] ?? '') : '');
  return [words[1], after('table'), after('tos'), after('metric')].join(' ');
}

/** A line and the line that reverts it. */
export interface Move {
  readonly words: readonly string[];
  readonly undo: readonly string[];
}

/**
 * Returns the `ip` lines that move addresses and routes from one device to another. Nothing is deleted before its
 * replacement exists: addresses are added to the new device in their order, then each route is replaced atomically (`ip
 * route replace` swaps the one of the same destination, table and metric), and only then the old addresses are deleted,
 * the last first. `replace` also accepts what exists already: an interrupted move is completed.
 */
export function movesBetween(
  lines: readonly string[],
  from: LabelledDevice,
  to: LabelledDevice,
): { readonly before: readonly Move[]; readonly after: readonly Move[] } {
  const addresses = inOrderOfAddition(lines.filter((words) => words.startsWith('addr ')));
  const routes = lines.filter((words) => !words.startsWith('addr ')).map((words) => words.split(' '));
  const count = new Map<string, number>();
  for (const route of routes) count.set(routeKey(route), (count.get(routeKey(route)) ?? 0) + 1);
  const singles = routes.filter((route) => count.get(routeKey(route)) === 1);
  const others = routes.filter((route) => count.get(routeKey(route)) !== 1);
  const routeLine = (route: readonly string[], verb: string, labelled: LabelledDevice): string[] =>
    onDevice(['route', verb, ...route.slice(1)].join(' '), labelled);
  const addressLine = (verb: 'replace' | 'del', words: string, labelled: LabelledDevice): string[] => {
    const [, ...rest] = onDevice(words, labelled);
    // To delete an address, its prefix suffices; a label of the other device would not match.
    const what = verb === 'del' ? rest.slice(0, rest[1] === 'peer' ? 3 : 1) : rest;
    return ['addr', verb, ...what, 'dev', labelled.device];
  };
  return {
    before: addresses.map((words) => ({
      words: addressLine('replace', words, to),
      undo: addressLine('del', words, to),
    })),
    after: [
      ...singles.map((route) => ({ words: routeLine(route, 'replace', to), undo: routeLine(route, 'replace', from) })),
      // The last first, so that reverting half of it keeps their order.
      ...[...others]
        .reverse()
        .map((route) => ({ words: routeLine(route, 'del', from), undo: routeLine(route, 'append', from) })),
      ...others.map((route) => ({ words: routeLine(route, 'append', to), undo: routeLine(route, 'del', to) })),
      ...[...addresses]
        .reverse()
        .map((words) => ({ words: addressLine('del', words, from), undo: addressLine('replace', words, from) })),
    ],
  };
}

const KNOWN_FIELDS = new Set(
  'type dst gateway via dev table protocol scope prefsrc metric flags nexthops metrics tos pref'.split(' '),
);
const KNOWN_METRICS = new Set(
  'mtu advmss window rtt rttvar ssthresh cwnd initcwnd initrwnd hoplimit reordering quickack congestion rto_min'.split(
    ' ',
  ),
);
const KNOWN_OF_HOP = new Set(['gateway', 'dev', 'weight', 'flags']);
const PASSING = new Set(['cacheinfo', 'expires', 'error', 'used', 'users', 'age', 'ipid', 'ts', 'tsage']);

/**
 * Returns the routes on a device with a property that can't be written back as it was read, each with that property.
 */
export function unwritableRoutes(device: string, routes: readonly RawRoute[]): readonly string[] {
  return routes.flatMap((route) => {
    if (routeWords(device, route) === undefined) return [];
    const fields = Object.keys(route).filter((key) => !KNOWN_FIELDS.has(key) && !PASSING.has(key));
    const metrics = (route.metrics ?? []).flatMap((m) => Object.keys(m)).filter((key) => !KNOWN_METRICS.has(key));
    const hops = (route.nexthops ?? []).flatMap((hop) => Object.keys(hop)).filter((key) => !KNOWN_OF_HOP.has(key));
    const odd = [...fields, ...metrics, ...hops];
    return odd.length === 0 ? [] : [`${route.dst} (${odd.join(', ')})`];
  });
}
