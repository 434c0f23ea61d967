import { FILE } from '../../kinds/file/spec.ts';
import { NETNS } from '../../kinds/netns/spec.ts';
import { CHAIN } from '../../kinds/chain/spec.ts';
import { OVS_PLUG } from '../../kinds/ovs-plug/spec.ts';
import { OVS_INTERNAL } from '../../kinds/ovs-internal/spec.ts';
import { OVS_PATCH } from '../../kinds/ovs-patch/spec.ts';
import { VETH } from '../../kinds/veth/spec.ts';
import { TAP } from '../../kinds/tap/spec.ts';
import { NIC } from '../../kinds/nic/spec.ts';
import { OVS_BRIDGE } from '../../kinds/ovs-bridge/spec.ts';
import { BRIDGE } from '../../kinds/bridge/spec.ts';
import type { OvsPatchSpec } from '../../kinds/ovs-patch/spec.ts';
import type { ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { kindWord, type Netns } from '../../model/resource.ts';

export type Health = 'ok' | 'degraded' | 'missing' | 'foreign';

/** Something a node does for the network, and how it stands. `detail` says what is wrong. */
export interface Service {
  readonly node: string;
  readonly type: 'node' | 'router' | 'dhcp' | 'bridge' | 'instance';
  readonly name: string;
  /** The kernel object that it is: a namespace, a bridge, a tap. */
  readonly object: string;
  readonly health: Health;
  readonly detail: string;
}

/** A service before its health is known: which objects are its own, and which of them it cannot do without. */
interface Part extends Pick<Service, 'node' | 'type' | 'name' | 'object'> {
  readonly owns: (change: Change) => boolean;
  readonly isHeart: (change: Change) => boolean;
  /** The namespace that is the service's alone: what is said about it is about the service. */
  readonly netns: Netns;
}

/**
 * The services of a network with their health, derived from what would have to be changed: nothing, it is ok; its
 * namespace or device itself, it is missing; anything else, it is degraded; something of somebody else's in its place,
 * it is foreign. What belongs to no service is the node's.
 */
export function servicesOf(
  resolved: ResolvedTopology,
  changes: readonly Change[],
  diagnostics: readonly Diagnostic[],
): readonly Service[] {
  const left = new Set(changes);
  return [...resolved.nodes.values()].flatMap((node) => {
    const parts = partsOf(resolved, node.name).map((part) => {
      const own = [...left].filter((change) => change.node === part.node && part.owns(change));
      for (const change of own) left.delete(change);
      return service(part, own, conflicts(part, diagnostics));
    });
    const rest = [...left].filter((change) => change.node === node.name);
    const roles = node.present ? 'present' : 'absent';
    const whole = { node: node.name, type: 'node', name: node.name, object: roles } as const;
    const said = diagnostics.filter((d) => d.severity === 'error' && d.place?.node === node.name);
    const unplaced = said.filter(({ place }) => !parts.some((part) => part.object === place?.netns));
    return [service({ ...whole, isHeart: () => false }, rest, unplaced), ...parts];
  });
}

function service(
  part: Pick<Part, 'node' | 'type' | 'name' | 'object' | 'isHeart'>,
  changes: readonly Change[],
  errors: readonly Diagnostic[],
): Service {
  const { node, type, name, object } = part;
  const heart = changes.find((change) => part.isHeart(change) && change.action === 'create');
  const health = errors.length > 0 ? 'foreign' : heart ? 'missing' : changes.length > 0 ? 'degraded' : 'ok';
  const detail = errors[0]?.summary ?? (heart ? '' : whatIsWrong(changes));
  return { node, type, name, object, health, detail };
}

/** The first few differences in words, and how many more there are. */
function whatIsWrong(changes: readonly Change[]): string {
  const words = { create: 'missing', delete: 'too much', update: 'differs', replace: 'differs' } as const;
  const named = changes.slice(0, 3).map((change) => `${kindWord(change.kind)} ${change.name} ${words[change.action]}`);
  const more = changes.length - named.length;
  return [...named, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ');
}

function conflicts(part: Part, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(
    ({ severity, place }) =>
      severity === 'error' && place?.node === part.node && place.netns !== undefined && place.netns === part.netns,
  );
}

function partsOf(resolved: ResolvedTopology, node: string): readonly Part[] {
  const routers = [...resolved.routers.values()].filter((router) => router.node === node).map(routerPart);
  const servers = [...resolved.networks.values()].flatMap(({ name, dhcp }) =>
    dhcp?.node === node ? [namespacePart(node, 'dhcp', name, dhcp.netns, `networks.${name}`)] : [],
  );
  const bridges = resolved.bridges
    .filter((bridge) => bridge.node === node)
    .map(({ name, networks, nic }) => bridgePart(node, name, networks.join(', '), nic));
  const instances = [...resolved.instances.values()]
    .filter((instance) => instance.node === node)
    .flatMap(({ name, ports }) => ports.map((port) => portPart(node, name, port)));
  return [...routers, ...servers, ...bridges, ...instances];
}

function routerPart(router: ResolvedRouter): Part {
  const { node, name, netns, interfaces, gateway } = router;
  const path = `routers.${name}`;
  if (netns !== null) return namespacePart(node, 'router', name, netns, path);
  const devices = [...interfaces, ...(gateway ? [gateway] : [])].map(({ device }) => device);
  const isHeart = (change: Change) => change.kind === OVS_INTERNAL && devices.includes(change.name);
  // Chains of ours in the node's own namespace are the router's.
  const isPart = (change: Change) =>
    isHeart(change) || change.kind === CHAIN || devices.includes(deviceOf(change) ?? '') || comesFrom(change, path);
  const owns = (change: Change) => change.netns === null && isPart(change);
  return { node, type: 'router', name, object: devices[0] ?? '-', netns, isHeart, owns };
}

function comesFrom(change: Change, path: string): boolean {
  const origin = change.origin?.path ?? change.desired?.origin.path ?? '';
  return origin === path || origin.startsWith(`${path}.`);
}

/** A router or a DHCP server: its namespace, all that is in it, and the files that come from the same place in the topology. */
function namespacePart(node: string, type: 'router' | 'dhcp', name: string, netns: string, path: string): Part {
  const isHeart = (change: Change) => change.kind === NETNS && change.name === netns;
  return {
    node,
    type,
    name,
    object: netns,
    netns,
    isHeart,
    owns: (c) => c.netns === netns || isHeart(c) || (c.kind === FILE && comesFrom(c, path)),
  };
}

function bridgePart(node: string, bridge: string, networks: string, nic: string | null): Part {
  const isHeart = ({ kind, name }: Change) => (kind === BRIDGE || kind === OVS_BRIDGE) && name === bridge;
  const isNic = ({ kind, name }: Change) => kind === NIC && name === nic;
  // A patch between two bridges is a part of either.
  const isPatch = (change: Change) => change.kind === OVS_PATCH && patchEnds(change).includes(bridge);
  const owns = (change: Change) =>
    change.netns === null && (isHeart(change) || isNic(change) || isPatch(change) || deviceOf(change) === bridge);
  return { node, type: 'bridge', name: networks, object: bridge, netns: null, isHeart, owns };
}

function portPart(
  node: string,
  instance: string,
  port: { readonly device: string; readonly tap: string; readonly netns: string | null },
): Part {
  const owns = (change: Change) =>
    (change.kind === VETH && change.netns === port.netns && change.name === port.device) ||
    ((change.kind === TAP || change.kind === OVS_PLUG) && change.name === port.tap);
  return {
    node,
    type: 'instance',
    name: `${instance} ${port.device}`,
    object: port.tap,
    netns: port.netns,
    isHeart: owns,
    owns,
  };
}

function patchEnds(change: Change): readonly string[] {
  const spec = (change.desired ?? change.observed)?.spec as OvsPatchSpec;
  return [spec.bridge, spec.peer.bridge];
}

/** The device an address or route is on, as far as its kind says. */
function deviceOf(change: Change): string | undefined {
  const spec = change.desired?.spec ?? change.observed?.spec;
  if (spec === null || typeof spec !== 'object' || !('device' in spec)) return undefined;
  return typeof spec.device === 'string' ? spec.device : undefined;
}
