import type { Netns, Observed } from '../../model/resource.ts';
import type { Shown, ShownRules } from '../../model/shown.ts';
import { shownOf } from './shown.ts';

export interface BridgeState {
  readonly name: string;
  readonly up: boolean;
  readonly ports: readonly string[];
  readonly addresses: readonly string[];
}

export interface NamespaceState {
  readonly name: string;
  readonly devices: readonly { readonly name: string; readonly mac: string; readonly addresses: readonly string[] }[];
  readonly routes: readonly string[];
  /** Rules of the nat tables, as `iptables -S` prints them. */
  readonly nat: readonly string[];
  readonly processes: readonly string[];
  /** Foreign routes, other foreign objects that can disturb traffic, and foreign rules of built-in chains. */
  readonly foreign: readonly string[];
}

/** Our objects on one node. */
export interface NodeState {
  readonly node: string;
  readonly bridges: readonly BridgeState[];
  readonly namespaces: readonly NamespaceState[];
}

/** An object with what is shown of it. */
interface ShownObject extends Shown {
  readonly object: Observed;
}

/** Returns the observed objects by bridge and namespace: only ours, and the NICs in our bridges. */
export function stateOf(nodes: readonly string[], observed: readonly Observed[]): readonly NodeState[] {
  return nodes.map((node) => {
    const here = observed.filter((object) => object.node === node).map((object) => ({ object, ...shownOf(object) }));
    const ours = here.filter(({ object }) => object.owner === 'ours');
    const names = new Set(ours.flatMap(({ object, namespace }) => namespace ?? object.netns ?? []));
    return {
      node,
      bridges: ours.flatMap(({ object: { name }, bridge }) =>
        bridge === undefined
          ? []
          : [{ name, up: bridge.up, ports: portsOf(here, name), addresses: addressesOn(here, null, name) }],
      ),
      namespaces: [
        ...(ours.some(({ object, device }) => object.netns === null && device !== undefined) ? [nodeItself(ours)] : []),
        ...[...names].sort().map((name) => namespaceState(name, ours, here)),
      ],
    };
  });
}

/** Returns the ports of a bridge, NICs first. */
function portsOf(here: readonly ShownObject[], bridge: string): readonly string[] {
  const inside = (some: readonly ShownObject[]): readonly string[] =>
    some.flatMap(({ ports = [] }) => ports.flatMap((port) => (port.bridge === bridge ? [port.name] : [])));
  const isNic = ({ nic }: ShownObject): boolean => nic === true;
  return [...inside(here.filter(isNic)), ...[...inside(here.filter((shown) => !isNic(shown)))].sort()];
}

function namespaceState(name: string, ours: readonly ShownObject[], here: readonly ShownObject[]): NamespaceState {
  const inside = ours.filter(({ object }) => object.netns === name);
  return {
    name,
    ...contentsOf(inside, name),
    foreign: foreignIn(here.filter(({ object }) => object.netns === name && object.owner === 'foreign')),
  };
}

function contentsOf(inside: readonly ShownObject[], netns: Netns): Omit<NamespaceState, 'name' | 'foreign'> {
  return {
    devices: inside.flatMap(({ object: { name }, device }) =>
      device === undefined ? [] : [{ name, mac: device.mac, addresses: addressesOn(inside, netns, name) }],
    ),
    routes: inside.flatMap(({ route }) => route ?? []),
    nat: inside.flatMap(({ rules }) => (rules?.table === 'nat' ? linesOf(rules, '') : [])),
    processes: inside.flatMap(({ process }) => process ?? []),
  };
}

/**
 * Returns our objects in the node's own namespace, where a router without a namespace is. Foreign objects there are not
 * shown.
 */
function nodeItself(ours: readonly ShownObject[]): NamespaceState {
  const inside = ours.filter(({ object }) => object.netns === null);
  return { name: '-', ...contentsOf(inside, null), foreign: [] };
}

function foreignIn(foreign: readonly ShownObject[]): readonly string[] {
  const objects = foreign.flatMap(({ object: { disturbs }, route }) => {
    if (disturbs) return [`${disturbs.what} (${disturbs.why})`];
    return route === undefined ? [] : [`route ${route}`];
  });
  return [
    ...objects,
    ...foreign.flatMap(({ object, rules }) => (rules && !object.disturbs ? linesOf(rules, `-t ${rules.table} `) : [])),
  ];
}

function addressesOn(shown: readonly ShownObject[], netns: Netns, device: string): readonly string[] {
  return shown.flatMap(({ object, address }) =>
    object.netns === netns && address?.device === device ? [address.cidr] : [],
  );
}

/** Returns the rules of a chain, as `iptables -S` prints them. */
function linesOf({ family, chain, rules }: ShownRules, table: string): readonly string[] {
  return rules.map((rule) => `${family === 6 ? '(ip6) ' : ''}${table}-A ${chain} ${rule}`);
}
