import { nicLabel } from '../shared/alias.ts';
import type { RawAddress, RawLink, RawRoute } from '../shared/ip.ts';

/** Stands for the device's name in a stray's words, so that it can be written for another. */
const DEVICE = '@device';

const FOREVER = 4294967295;

function addressWords(device: string, raw: RawAddress): string | undefined {
  // The kernel gives every link its own link-local address; multicast and host-scope ones are not carried.
  if (raw.local === undefined || raw.scope === 'host' || (raw.family === 'inet6' && raw.scope === 'link'))
    return undefined;
  const words = ['addr', `${raw.local}${raw.address === undefined ? '' : ` peer ${raw.address}`}/${raw.prefixlen}`];
  if (raw.broadcast !== undefined) words.push('broadcast', raw.broadcast);
  words.push('scope', raw.scope);
  if (raw.metric !== undefined) words.push('metric', `${raw.metric}`);
  if (raw.label !== undefined)
    words.push('label', raw.label === nicLabel(device) ? '@label' : raw.label.replace(device, DEVICE));
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
  // The kernel makes these by itself from the addresses.
  if (
    route.protocol === 'kernel' ||
    route.table === 'local' ||
    ['local', 'broadcast', 'multicast', 'anycast'].includes(route.type ?? '')
  ) {
    return undefined;
  }
  const isV6 = `${route.dst}${route.gateway ?? ''}${hops[0]?.gateway ?? ''}`.includes(':');
  const words = ['route'];
  if (route.type !== undefined && route.type !== 'unicast') words.push(route.type);
  // A batch line can't say -6; the destination must.
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
  for (const [name, value] of Object.entries(route.metrics?.[0] ?? {})) words.push(name, String(value));
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

/** All that stands on a device and would be lost or dead if the device became a bridge's port: addresses in order, then routes in order. */
export function straysOf(link: RawLink, routes: readonly RawRoute[]): readonly string[] {
  const addresses = (link.addr_info ?? []).map((raw) => addressWords(link.ifname, raw));
  return [...addresses, ...routes.map((route) => routeWords(link.ifname, route))].filter(
    (words) => words !== undefined,
  );
}

function onDevice(words: string, device: string): string[] {
  return words.split(' ').map((word) => {
    if (word === '@label') return nicLabel(device);
    const named = word.replace(DEVICE, device);
    // The kernel keeps 15 characters of a label; one that would be cut could be taken for another.
    return word.startsWith(`${DEVICE}:`) && named.length > 15 ? device : named;
  });
}

/** The kernel lists IPv4 addresses as they came, and of IPv6 the last one first. */
function inOrderOfBirth(addresses: readonly string[]): string[] {
  const isV6 = (words: string): boolean => (words.split(' ')[1] ?? '').includes(':');
  return [...addresses.filter((words) => !isV6(words)), ...addresses.filter(isV6).reverse()];
}

/** What tells two routes of one table apart: destination, type of service and metric. Those that share it keep their order. */
function routeKey(words: readonly string[]): string {
  const after = (name: string): string => (words.includes(name) ? (words[words.indexOf(name) + 1] ?? '') : '');
  return [words[1], after('table'), after('tos'), after('metric')].join(' ');
}

/**
 * Words of the `ip` lines that carry strays from one device to another. Nothing is taken away before what replaces it stands: addresses are added
 * to the new device in their order, then each route is replaced in one stroke (`ip route replace` swaps the one of the same
 * destination, table and metric), and only then the old addresses go, the last first.
 */
export function carry(
  strays: readonly string[],
  from: string,
  to: string,
): { readonly before: string[][]; readonly after: string[][] } {
  const addresses = inOrderOfBirth(strays.filter((words) => words.startsWith('addr ')));
  const routes = strays.filter((words) => !words.startsWith('addr ')).map((words) => words.split(' '));
  const twins = new Map<string, number>();
  for (const route of routes) twins.set(routeKey(route), (twins.get(routeKey(route)) ?? 0) + 1);
  const single = (route: readonly string[]): boolean => twins.get(routeKey(route)) === 1;
  const action = (route: readonly string[], verb: string, device: string): string[] => {
    return onDevice(['route', verb, ...route.slice(1)].join(' '), device);
  };
  const addressLine = (verb: string, words: string, device: string): string[] => {
    const [, ...rest] = onDevice(words, device);
    // To delete one, its place is enough, and a label of the other device would not match.
    return ['addr', verb, ...(verb === 'del' ? rest.slice(0, rest[1] === 'peer' ? 3 : 1) : rest), 'dev', device];
  };
  return {
    before: addresses.map((words) => addressLine('add', words, to)),
    after: [
      ...routes.filter(single).map((route) => action(route, 'replace', to)),
      ...routes.filter((route) => !single(route)).map((route) => action(route, 'del', from)),
      ...routes.filter((route) => !single(route)).map((route) => action(route, 'append', to)),
      ...[...addresses].reverse().map((words) => addressLine('del', words, from)),
    ],
  };
}
