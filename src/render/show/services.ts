import type { ResolvedNode, ResolvedRouter, ResolvedTopology } from '../../resolve/resolved.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Plan } from '../../model/plan.ts';
import { kindWord, type Netns, type Observed } from '../../model/resource.ts';
import { shownChanges, type ShownChange } from './shown.ts';

export type Health = 'ok' | 'degraded' | 'missing' | 'foreign' | 'unknown';

/** A service of a node for the network, with its health. `detail` says what is wrong. */
export interface Service {
  readonly node: string;
  readonly type: 'node' | 'router' | 'dhcp' | 'bridge' | 'instance';
  readonly name: string;
  /** The kernel object that it is: a namespace, a bridge, a tap. */
  readonly object: string;
  readonly health: Health;
  readonly detail: string;
}

/** A service before its health is known: which objects are its own, and which of them are essential. */
interface Part extends Pick<Service, 'node' | 'type' | 'name' | 'object'> {
  readonly owns: (shown: ShownChange) => boolean;
  readonly isEssential: (shown: ShownChange) => boolean;
  /** The namespace of the service alone: a diagnostic about it is about the service. */
  readonly netns: Netns;
}

/**
 * Returns the services of a network with their health, from a plan: without changes one is ok; creating the namespace
 * or device itself is missing; any other change is degraded, and so is a foreign object that can disturb traffic; a
 * foreign object in its place is foreign. Changes and objects of no service count for the node.
 */
export function servicesOf(
  resolved: ResolvedTopology,
  { changes, foreign, leftOut }: Pick<Plan, 'changes' | 'foreign' | 'leftOut'>,
  diagnostics: readonly Diagnostic[],
): readonly Service[] {
  const left = new Set(shownChanges(changes));
  const foreignIn = (node: string, netns: Netns) =>
    foreign.filter((object) => object.node === node && object.netns === netns);
  return [...resolved.nodes.values()].flatMap((node) => {
    if (leftOut.includes(node.name)) return unknownServices(node, resolved);
    const parts = partsOf(resolved, node.name).map((part) => {
      const own = [...left].filter((shown) => shown.change.node === part.node && part.owns(shown));
      for (const shown of own) left.delete(shown);
      const disturbing = part.netns === null ? [] : foreignIn(node.name, part.netns);
      return service(part, { changes: own, foreign: disturbing, errors: conflicts(part, diagnostics) });
    });
    const rest = [...left].filter(({ change }) => change.node === node.name);
    const roles = node.present ? 'present' : 'absent';
    const whole = { node: node.name, type: 'node', name: node.name, object: roles } as const;
    const errors = diagnostics.filter((d) => d.severity === 'error' && d.place?.node === node.name);
    const unplaced = errors.filter(({ place }) => !parts.some((part) => part.object === place?.netns));
    const found = { changes: rest, foreign: foreignIn(node.name, null), errors: unplaced };
    return [service({ ...whole, isEssential: () => false }, found), ...parts];
  });
}

/** Returns the services of a node that is left out. */
function unknownServices({ name, present }: ResolvedNode, resolved: ResolvedTopology): readonly Service[] {
  const unknown = { health: 'unknown', detail: 'the node is left out' } as const;
  const parts = partsOf(resolved, name).map((part): Service => {
    const { node, type, name: own, object } = part;
    return { node, type, name: own, object, ...unknown };
  });
  return [{ node: name, type: 'node', name, object: present ? 'present' : 'absent', ...unknown }, ...parts];
}

/** What was found of a service. */
interface Found {
  readonly changes: readonly ShownChange[];
  /** Foreign objects that can disturb its traffic. */
  readonly foreign: readonly Observed[];
  readonly errors: readonly Diagnostic[];
}

function service(
  part: Pick<Part, 'node' | 'type' | 'name' | 'object' | 'isEssential'>,
  { changes, foreign, errors }: Found,
): Service {
  const { node, type, name, object } = part;
  const essential = changes.find((shown) => part.isEssential(shown) && shown.change.action === 'create');
  const health =
    errors.length > 0 ? 'foreign' : essential ? 'missing' : changes.length + foreign.length > 0 ? 'degraded' : 'ok';
  const detail = errors[0]?.summary ?? (essential ? '' : whatIsWrong(changes, foreign));
  return { node, type, name, object, health, detail };
}

/** Returns the first few differences and foreign objects in words, and the number of the others. */
function whatIsWrong(changes: readonly ShownChange[], foreign: readonly Observed[]): string {
  const words = { create: 'missing', delete: 'not in the file', update: 'differs', replace: 'differs' } as const;
  const named = [
    ...changes.slice(0, 3).map(({ change }) => `${kindWord(change.kind)} ${change.name} ${words[change.action]}`),
    ...foreign.map(({ name, disturbs }) => `foreign ${disturbs?.what ?? name}`),
  ].slice(0, 3);
  const more = changes.length + foreign.length - named.length;
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
  const isEssential = ({ change, device }: ShownChange) => device !== undefined && devices.includes(change.name);
  // Our chains in the node's own namespace belong to the router.
  const isPart = (shown: ShownChange) =>
    isEssential(shown) ||
    shown.rules !== undefined ||
    devices.includes(shown.address?.device ?? '') ||
    comesFrom(shown.change, path);
  const owns = (shown: ShownChange) => shown.change.netns === null && isPart(shown);
  return { node, type: 'router', name, object: devices[0] ?? '-', netns, isEssential, owns };
}

function comesFrom(change: Change, path: string): boolean {
  const origin = change.origin?.path ?? change.desired?.origin.path ?? '';
  return origin === path || origin.startsWith(`${path}.`);
}

/** A router or a DHCP server: its namespace, everything in it, and its objects outside. */
function namespacePart(node: string, type: 'router' | 'dhcp', name: string, netns: string, path: string): Part {
  const isEssential = ({ namespace }: ShownChange) => namespace === netns;
  const owns = (shown: ShownChange) =>
    shown.change.netns === netns ||
    isEssential(shown) ||
    (shown.servesOrigin === true && comesFrom(shown.change, path));
  return { node, type, name, object: netns, netns, isEssential, owns };
}

function bridgePart(node: string, name: string, networks: string, ownNic: string | null): Part {
  const isEssential = ({ change, bridge }: ShownChange) => bridge !== undefined && change.name === name;
  const isNic = ({ change, nic }: ShownChange) => nic === true && change.name === ownNic;
  const owns = (shown: ShownChange) =>
    shown.change.netns === null &&
    // A link between two bridges belongs to both.
    (isEssential(shown) || isNic(shown) || shown.joins?.includes(name) === true || shown.address?.device === name);
  return { node, type: 'bridge', name: networks, object: name, netns: null, isEssential, owns };
}

function portPart(
  node: string,
  instance: string,
  port: { readonly device: string; readonly tap: string; readonly netns: string | null },
): Part {
  const owns = ({ change, device, plug }: ShownChange) =>
    (device !== undefined && change.netns === port.netns && change.name === port.device) ||
    (plug === true && change.name === port.tap);
  return {
    node,
    type: 'instance',
    name: `${instance} ${port.device}`,
    object: port.tap,
    netns: port.netns,
    isEssential: owns,
    owns,
  };
}
