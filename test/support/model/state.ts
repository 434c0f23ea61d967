import type { ModelNamespace } from './namespace.ts';
import type { ModelNetwork } from './network.ts';
import type { ModelNode } from './node.ts';

/** Returns the state of a model network as lines, without sysctls. */
export function stateOf({ nodes }: ModelNetwork): string[] {
  return [...nodes].flatMap(([name, node]) => [...linesOf(node)].map((line) => `${name} ${line}`)).sort();
}

/** Returns the sysctls as lines. One that is no longer desired keeps its value. */
export function sysctlsOf({ nodes }: ModelNetwork): string[] {
  return [...nodes].flatMap(([name, node]) =>
    node
      .all()
      .flatMap((namespace) =>
        [...namespace.sysctls].map(([key, value]) => `${name} ${namespace.name} ${key}=${value}`),
      ),
  );
}

function* linesOf(node: ModelNode): Iterable<string> {
  for (const namespace of node.all()) {
    // A guest's namespace is not netloom's.
    if (!namespace.name.startsWith('/')) yield `namespace ${namespace.name} ${namespace.alias}`;
    for (const line of within(namespace)) yield `${namespace.name} ${line}`;
  }
  for (const [name, { type, members }] of node.sets.sets) yield `set ${name} ${type} ${[...members].sort().join()}`;
  for (const [name, { sets, chains }] of node.tables.tables) {
    for (const [set, elements] of sets) yield `table ${name} set ${set} ${[...elements].sort().join('; ')}`;
    for (const [chain, rules] of chains) yield `table ${name} chain ${chain} ${rules.join('; ')}`;
  }
  for (const [path, content] of node.daemons.files) if (!isDaemons(path)) yield `file ${path} ${content}`;
  for (const [state, { namespace, argv, read }] of node.daemons.daemons)
    yield `daemon ${state} in ${namespace}: ${argv.join(' ')}\n${read}`;
}

/** True for a file that a running daemon writes. */
function isDaemons(path: string): boolean {
  return /\/state\/(?:pid|leases)$/.test(path);
}

function* within({ name: namespace, links, routes, chains }: ModelNamespace): Iterable<string> {
  for (const { name, type, mtu, mac, alias, isUp, master, peer, addresses } of links.values()) {
    const isGuest = namespace.startsWith('/');
    if (isGuest && name === 'lo') continue;
    const end = peer === undefined ? '' : ` peer ${peer.link.name} in ${peer.namespace.name}`;
    // A guest configures its own end of a link itself.
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
