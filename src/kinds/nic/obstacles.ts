import { typedLine } from '../../model/command-line.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import { bridgeOf, ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { managersProbe } from './managers.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { isSwitchDevice } from '../../kernel/openvswitch/health.ts';
import { ownerOfIds } from '../../kernel/openvswitch/mark.ts';
import { isBridge, ownerOfAlias } from '../../kernel/links/owner.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import { closedDoor } from './door.ts';
import { portOf } from './observe.ts';
import { rulesNamingNic } from './rules-naming.ts';
import type { NicSpec } from './spec.ts';
import { unfitFor, type Unfit } from './unfit.ts';
import { unwritableRoutes } from './addresses-and-routes.ts';

/** Returns the programs that would restore the NIC's addresses, or no longer renew them, once they are moved. */
function managersOf(view: NodeView | undefined, device: string): string[] {
  const link = linkOf(namespaceView(view, null)?.get(ipProbe), device);
  const programs = (view?.get(managersProbe) ?? [])
    .filter((manager) => manager.device === device || (link !== undefined && manager.ifindex === link.ifindex))
    .map((manager) => manager.program);
  const dynamic = (link?.addr_info ?? [])
    .filter((a) => a.dynamic === true && a.scope !== 'link')
    .map((a) => `the dynamic address ${a.local ?? ''}/${a.prefixlen}`);
  return [...new Set([...programs, ...dynamic])];
}

/** Returns the bridge a NIC is in, and the command that takes it out, if the bridge is not ours. */
function foreignBridgeOf(
  view: NodeView | undefined,
  name: string,
  topology: string,
): { readonly bridge: string; readonly command: string } | undefined {
  const state = namespaceView(view, null)?.get(ipProbe);
  const ovs = view?.get(ovsProbe);
  const port = portOf(ovs, name);
  const bridge = port?.bridge ?? bridgeOf(linkOf(state, name)) ?? '';
  const owners = [
    ownerOfAlias(linkOf(state, bridge)?.ifalias, topology),
    ...(port ? [ownerOfIds(ovs?.bridges.get(bridge)?.ids, topology)] : []),
  ];
  if (bridge === '' || owners.includes('ours')) return undefined;
  return {
    bridge,
    command: typedLine(
      ...(port ? ['ovs-vsctl', 'del-port', bridge, name] : ['ip', 'link', 'set', 'dev', name, 'nomaster']),
    ),
  };
}

/** Reports what prevents putting a NIC into its bridge. */
export function obstacles(
  { node, name, spec, origin }: Resource<NicSpec>,
  change: Change | undefined,
  context: KindContext,
): readonly Diagnostic[] {
  const view = context.view(node);
  const link = linkOf(namespaceView(view, null)?.get(ipProbe), name);
  const at = { ...(origin.range && { range: origin.range }), place: { node } };
  if (!link) return [missing(name, node, view, at)];
  const lost =
    change === undefined ? [] : unwritableRoutes(name, namespaceView(view, null)?.get(ipProbe)?.routes ?? []);
  if (spec.bridge !== null && lost.length > 0) return [unwritable(name, node, lost, at)];
  const currentBridge = portOf(view?.get(ovsProbe), name)?.bridge ?? bridgeOf(link);
  if (spec.bridge === null || currentBridge === spec.bridge) return smallMtu(name, node, spec, link.mtu, at);
  const unfit = view && unfitFor(spec.bridge, link, view);
  if (unfit) return [noPort(name, node, spec.bridge, unfit, at)];
  const managers = spec.allowDynamic || change === undefined ? [] : managersOf(view, name);
  const foreignBridge = foreignBridgeOf(view, name, context.topology);
  const moving = { nic: name, bridge: spec.bridge, isOpenvswitch: spec.switch === 'openvswitch' };
  const closed = closedDoor(view, moving, node, at);
  return [
    ...(managers.length === 0 ? [] : [managed(name, node, managers, at)]),
    ...(foreignBridge ? [taken(name, node, foreignBridge, at)] : []),
    // What stops the plan comes first: the rule that it names is one of those that name the NIC.
    ...(closed.length > 0 ? closed : rulesNamingNic(nodeFilters(view), moving, node, at)),
  ];
}

type At = Pick<Diagnostic, 'range' | 'place'>;

function missing(name: string, node: string, view: NodeView | undefined, at: At): Diagnostic {
  const known = (namespaceView(view, null)?.get(ipProbe)?.links ?? []).filter(
    (l) => l.ifname !== 'lo' && !isBridge(l) && !isSwitchDevice(l, view?.get(ovsProbe)),
  );
  return {
    code: 'NLP01',
    severity: 'error',
    summary: `node ${node} has no NIC ${name}`,
    hint: `it has ${known.map((l) => l.ifname).join(', ') || 'none'}; name one of these under nodes.${node}.nics`,
    ...at,
  };
}

function noPort(name: string, node: string, bridge: string, { why, hint }: Unfit, at: At): Diagnostic {
  return {
    code: 'NLP60',
    severity: 'error',
    summary: `${name} of ${node} can't become a port of ${bridge}: it ${why}`,
    hint,
    ...at,
  };
}

function managed(name: string, node: string, managers: readonly string[], at: At): Diagnostic {
  return {
    code: 'NLP02',
    severity: 'error',
    summary: `${name} of ${node} can't be put into a bridge because of ${managers.join(' and ')}`,
    detail:
      'The addresses and routes of the NIC move to the bridge. A program that manages the NIC would put them back, ' +
      'or no longer renew them.',
    hint:
      `configure ${name} statically and outside that program, or set \`allow_dynamic: true\` under ` +
      `nodes.${node}.nics.${name}`,
    ...at,
  };
}

type ForeignBridge = NonNullable<ReturnType<typeof foreignBridgeOf>>;

function taken(name: string, node: string, { bridge, command }: ForeignBridge, at: At): Diagnostic {
  return {
    code: 'NLP03',
    severity: 'error',
    summary: `${name} of ${node} is a port of ${bridge}, which is not ours`,
    hint: `take it out of that bridge (${command}), or name another NIC`,
    ...at,
  };
}

function unwritable(name: string, node: string, routes: readonly string[], at: At): Diagnostic {
  return {
    code: 'NLP05',
    severity: 'error',
    summary: `${name} of ${node} has a route that can't be moved to the bridge: ${routes.join('; ')}`,
    detail: 'It would not be the same route afterwards, so nothing is moved.',
    hint: `replace the route by one without that, or use another NIC`,
    ...at,
  };
}

/**
 * Warns that frames of the networks do not fit a borrowed NIC. Its MTU is the node’s, and may be that of the wire:
 * netloom sets it only if the file does.
 */
function smallMtu(
  name: string,
  node: string,
  { bridge, mtu, networkMtu = 0 }: NicSpec,
  current: number,
  at: Partial<Diagnostic>,
): readonly Diagnostic[] {
  if (bridge === null || mtu !== undefined || current >= networkMtu) return [];
  return [
    {
      code: 'NLP42',
      severity: 'warning',
      summary: `NIC ${name} of ${node} has MTU ${String(current)}, and its networks have ${String(networkMtu)}`,
      detail: 'Larger frames are dropped on the way to other nodes.',
      ...at,
      hint: `on ${node}, as root: ${typedLine('ip', 'link', 'set', 'dev', name, 'mtu', String(networkMtu))}`,
    },
  ];
}
