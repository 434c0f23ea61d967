import type { ModelNamespace } from './namespace.ts';
import type { ModelNetwork } from './network.ts';
import type { ModelNode } from './node.ts';

/** What stands in a model of a network, line by line, but for sysctls. */
export function stateOf({ nodes }: ModelNetwork): string[] {
  return [...nodes].flatMap(([name, node]) => [...linesOf(node)].map((line) => `${name} ${line}`)).sort();
}

/** The sysctls, line by line. One that is not wanted any more stays as it was set. */
export function sysctlsOf({ nodes }: ModelNetwork): string[] {
  return [...nodes].flatMap(([name, node]) =>
    node.all().flatMap((place) => [...place.sysctls].map(([key, value]) => `${name} ${place.name} ${key}=${value}`)),
  );
}

function* linesOf(node: ModelNode): Iterable<string> {
  for (const place of node.all()) {
    // A guest's namespace is there as long as its guest is.
    if (!place.name.startsWith('/')) yield `namespace ${place.name} ${place.alias}`;
    for (const line of within(place)) yield `${place.name} ${line}`;
  }
  for (const [name, { type, members }] of node.sets.sets) yield `set ${name} ${type} ${[...members].sort().join()}`;
  for (const [name, { sets, chains }] of node.tables.tables) {
    for (const [set, elements] of sets) yield `table ${name} set ${set} ${[...elements].sort().join('; ')}`;
    for (const [chain, rules] of chains) yield `table ${name} chain ${chain} ${rules.join('; ')}`;
  }
  for (const [path, content] of node.daemons.files) if (!isDaemons(path)) yield `file ${path} ${content}`;
  for (const [state, { place, argv, read }] of node.daemons.daemons)
    yield `daemon ${state} in ${place}: ${argv.join(' ')}\n${read}`;
}

/** A daemon's own files change while it runs. */
function isDaemons(path: string): boolean {
  return /\/state\/(?:pid|leases)$/.test(path);
}

function* within({ name: place, links, routes, chains }: ModelNamespace): Iterable<string> {
  for (const { name, type, mtu, mac, alias, isUp, master, peer, addresses } of links.values()) {
    const isGuest = place.startsWith('/');
    if (isGuest && name === 'lo') continue;
    const end = peer === undefined ? '' : ` peer ${peer.link.name} in ${peer.place.name}`;
    // How a guest sets its own end of a link is its own business.
    const set = isGuest ? '' : ` ${isUp ? 'up' : 'down'} mtu ${mtu} master ${master ?? 'none'}`;
    yield `${type} ${name}${set} mac ${mac} alias ${alias}${end}`;
    for (const [cidr, words] of addresses) yield `address ${cidr} ${words}`;
  }
  for (const [destination, words] of routes) yield `route ${destination} ${words}`;
  for (const [chain, rules] of chains) {
    const isBuiltin = /\/[A-Z]+$/.test(chain);
    if (!isBuiltin || rules.length > 0) yield [`chain ${chain}`, ...rules].join('\n  ');
  }
}
