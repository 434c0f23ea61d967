import { NETNS } from '../../kinds/netns/spec.ts';
import { ADDRESS } from '../../kinds/address/spec.ts';
import { PROCESS } from '../../kinds/process/spec.ts';
import { CHAIN } from '../../kinds/chain/spec.ts';
import { ROUTE } from '../../kinds/route/spec.ts';
import { OVS_PLUG } from '../../kinds/ovs-plug/spec.ts';
import { OVS_INTERNAL } from '../../kinds/ovs-internal/spec.ts';
import { OVS_PATCH } from '../../kinds/ovs-patch/spec.ts';
import { VETH } from '../../kinds/veth/spec.ts';
import { TAP } from '../../kinds/tap/spec.ts';
import { NIC } from '../../kinds/nic/spec.ts';
import { OVS_BRIDGE } from '../../kinds/ovs-bridge/spec.ts';
import { BRIDGE } from '../../kinds/bridge/spec.ts';
import type { AddressSpec } from '../../kinds/address/spec.ts';
import type { BridgeSpec } from '../../kinds/bridge/spec.ts';
import type { ChainSpec } from '../../kinds/chain/spec.ts';
import type { NicSpec } from '../../kinds/nic/spec.ts';
import type { OvsBridgeSpec } from '../../kinds/ovs-bridge/spec.ts';
import type { OvsInternalSpec } from '../../kinds/ovs-internal/spec.ts';
import type { OvsPatchSpec } from '../../kinds/ovs-patch/spec.ts';
import type { OvsPlugSpec } from '../../kinds/ovs-plug/spec.ts';
import type { ProcessSpec } from '../../kinds/process/spec.ts';
import type { RouteSpec } from '../../kinds/route/spec.ts';
import type { TapSpec } from '../../kinds/tap/spec.ts';
import type { VethSpec } from '../../kinds/veth/spec.ts';
import type { KindName, Netns, Observed } from '../../model/resource.ts';

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
  /** Rules of the nat tables, as `iptables -S` writes them. */
  readonly nat: readonly string[];
  readonly processes: readonly string[];
  /** Routes, and rules of built-in chains, that somebody else put there: seen, and left alone. */
  readonly foreign: readonly string[];
}

/** What stands of ours on one node. */
export interface NodeState {
  readonly node: string;
  readonly bridges: readonly BridgeState[];
  readonly namespaces: readonly NamespaceState[];
}

/** What was observed, arranged as people think of it. Only what is ours, and the NICs in our bridges. */
export function stateOf(nodes: readonly string[], observed: readonly Observed[]): readonly NodeState[] {
  return nodes.map((node) => {
    const here = observed.filter((object) => object.node === node);
    const ours = here.filter((object) => object.owner === 'ours');
    const names = [
      ...new Set(ours.flatMap(({ netns, kind, name }) => (kind === NETNS ? [name] : netns === null ? [] : [netns]))),
    ];
    return {
      node,
      bridges: [...of<BridgeSpec>(ours, BRIDGE), ...of<OvsBridgeSpec>(ours, OVS_BRIDGE)].map(({ name, spec }) => ({
        name,
        up: spec.up,
        ports: portsOf(here, name),
        addresses: addressesOn(here, null, name),
      })),
      namespaces: [
        ...(ours.some(({ netns, kind }) => netns === null && kind === OVS_INTERNAL) ? [nodeItself(ours)] : []),
        ...names.sort().map((name) => namespaceState(name, ours, here)),
      ],
    };
  });
}

function portsOf(here: readonly Observed[], bridge: string): readonly string[] {
  const nics = of<NicSpec>(here, NIC).filter(({ spec }) => spec.bridge === bridge);
  const taps = of<TapSpec>(here, TAP).filter(({ spec }) => spec.bridge === bridge);
  const veths = of<VethSpec>(here, VETH).filter(({ spec }) => spec.tap.bridge === bridge);
  const patches = of<OvsPatchSpec>(here, OVS_PATCH).flatMap(({ name, spec }) => [{ name, ...spec }, spec.peer]);
  const ports = [
    ...patches,
    ...of<OvsInternalSpec>(here, OVS_INTERNAL).map(({ name, spec }) => ({ name, bridge: spec.bridge })),
    ...of<OvsPlugSpec>(here, OVS_PLUG).map(({ name, spec }) => ({ name, bridge: spec.bridge })),
  ].filter((port) => port.bridge === bridge);
  return [
    ...nics.map(({ name }) => name),
    ...[...[...taps, ...ports].map(({ name }) => name), ...veths.map(({ spec }) => spec.tap.name)].sort(),
  ];
}

function namespaceState(name: string, ours: readonly Observed[], here: readonly Observed[]): NamespaceState {
  const inside = ours.filter((object) => object.netns === name);
  return {
    name,
    ...contentsOf(inside, name),
    foreign: foreignIn(here.filter((object) => object.netns === name && object.owner === 'foreign')),
  };
}

function contentsOf(inside: readonly Observed[], netns: Netns): Omit<NamespaceState, 'name' | 'foreign'> {
  return {
    devices: [...of<VethSpec>(inside, VETH), ...of<OvsInternalSpec>(inside, OVS_INTERNAL)].map((device) => ({
      name: device.name,
      mac: device.spec.mac,
      addresses: addressesOn(inside, netns, device.name),
    })),
    routes: of<RouteSpec>(inside, ROUTE).map((route) => routeText(route.name, route.spec)),
    nat: of<ChainSpec>(inside, CHAIN).flatMap((chain) => natRules(chain.name, chain.spec)),
    processes: of<ProcessSpec>(inside, PROCESS).map(({ name, spec }) => `${spec.argv[0] ?? '(ended)'} in ${name}`),
  };
}

/** A router without a namespace: what is ours in the node's own. What else is there is nobody's business. */
function nodeItself(ours: readonly Observed[]): NamespaceState {
  const inside = ours.filter(({ netns }) => netns === null);
  return { name: '-', ...contentsOf(inside, null), foreign: [] };
}

function foreignIn(foreign: readonly Observed[]): readonly string[] {
  const routes = of<RouteSpec>(foreign, ROUTE).map(({ name, spec }) => `route ${routeText(name, spec)}`);
  const rules = of<ChainSpec>(foreign, CHAIN).flatMap(({ name, spec }) => {
    const [family, table = '', chain = ''] = name.replace('#foreign', '').split('/');
    return spec.rules.map((rule) => `${family === '6' ? '(ip6) ' : ''}-t ${table} -A ${chain} ${rule}`);
  });
  return [...routes, ...rules];
}

function addressesOn(objects: readonly Observed[], netns: Netns, device: string): readonly string[] {
  return of<AddressSpec>(objects, ADDRESS)
    .filter((address) => address.netns === netns && address.spec.device === device)
    .map(({ spec }) => spec.cidr);
}

function routeText(destination: string, { nexthops }: RouteSpec): string {
  const hops = nexthops.map(({ gateway, device }) =>
    gateway === undefined ? `dev ${device}` : `via ${gateway} dev ${device}`,
  );
  return `${destination} ${hops.join(', ')}`;
}

/** A chain's name is `FAMILY/TABLE/CHAIN`. */
function natRules(name: string, { rules }: ChainSpec): readonly string[] {
  const [family, table, chain] = name.split('/');
  if (table !== 'nat') return [];
  return rules.map((rule) => `${family === '6' ? '(ip6) ' : ''}-A ${chain ?? ''} ${rule}`);
}

/** The objects of a kind, whose spec has the shape the kind declares. */
function of<Spec>(objects: readonly Observed[], kind: KindName): readonly Observed<Spec>[] {
  return objects.filter((object) => object.kind === kind) as readonly Observed<Spec>[];
}
