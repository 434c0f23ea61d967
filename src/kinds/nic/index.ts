import type { Command } from '../../model/command.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Kind, KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import type { Ref } from '../../model/resource.ts';
import { borrowedNic, bridgeAlias, nicLabel } from '../shared/alias.ts';
import { alteredAttributes, groupOf, setAttribute } from '../shared/attributes.ts';
import { changed, compareAttributes, compareFields } from '../shared/compare.ts';
import { ipProbe, linkOf } from '../shared/ip.ts';
import { managersProbe } from '../shared/managers.ts';
import { isOwnBridge, nicOfBridge, nodeNamespace, ownerOfAlias } from '../shared/owner.ts';
import type { NicSpec } from './spec.ts';
import { carry, LABEL, labelsWithoutRoom, straysOf, uncarriable, type Move, type Place } from './stray.ts';

function ip(words: readonly string[]): Command {
  return { tool: 'ip', netns: null, words };
}

function set(device: string, ...words: string[]): Command {
  return ip(['link', 'set', 'dev', device, ...words]);
}

/** A link of the node with the label that marks an address of ours on it. */
function placeOf(view: NodeView | undefined, device: string, topology: string, comingBridge = false): Place {
  const state = namespaceView(view, null)?.get(ipProbe);
  const isBridge = isOwnBridge(linkOf(state, device), state?.links ?? [], topology);
  return { device, label: nicLabel(device, topology, isBridge || comingBridge) };
}

function strays(view: NodeView | undefined, place: Place): readonly string[] {
  const state = namespaceView(view, null)?.get(ipProbe);
  const link = linkOf(state, place.device);
  return link && state ? straysOf(link, state.routes, place.label) : [];
}

function moves(lines: readonly Move[]): Command[] {
  return lines.map(({ words, undo }) => ({ tool: 'ip', netns: null, words, undo }));
}

/**
 * Out of one bridge, into another, or both, with all that stands there: first what can stand twice, then the NIC's place, then the rest.
 * An address of ours that is no longer wanted was taken away before, and is not carried.
 */
function move(
  { node, name }: Ref,
  { from, to }: { readonly from: string | null; readonly to: string | null },
  context: KindContext,
): Command[] {
  const view = context.view(node);
  const { topology } = context;
  const kept = (words: string): boolean =>
    !words.includes(` label ${LABEL}`) ||
    context.desired.resources.has(`${node}/-/address/${words.split(' ')[1] ?? ''}%${name}`);
  const target = placeOf(view, to ?? name, topology, to !== null);
  const old = from === null ? undefined : placeOf(view, from, topology);
  const own = placeOf(view, name, topology);
  // What was found on a NIC that is in a bridge already goes to the bridge as well.
  const sources = [...(old ? [old] : []), ...(to === null ? [] : [own])];
  const standing = sources.map((source) => ({ source, words: strays(view, source).filter(kept) }));
  const carried = standing.map(({ source, words }) => carry(words, source, target));
  const labels = labelsWithoutRoom(
    standing.flatMap(({ words }) => words),
    to ?? '',
  );
  const [change, back] =
    to === null
      ? [['nomaster'], ['master', from ?? '']]
      : [['master', to], from === null ? ['nomaster'] : ['master', from]];
  return [
    ...(to === null || labels.size === 0 ? [] : [set(to, 'alias', bridgeAlias(topology, name, labels))]),
    ...carried.flatMap(({ before }) => moves(before)),
    {
      tool: 'ip',
      netns: null,
      words: ['link', 'set', 'dev', name, ...change],
      undo: ['link', 'set', 'dev', name, ...back],
    },
    ...(to === null ? [] : [set(name, 'up')]),
    ...carried.flatMap(({ after }) => moves(after)),
  ];
}

/** Who would put back, or let run out, what is carried away from the NIC. */
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

/** A NIC of the node. It is borrowed: netloom puts it into a bridge and takes it out again, and what stands on it goes with it. */
export const nicKind: Kind<NicSpec> = {
  name: 'nic',
  ownership: 'never ours: borrowed while the mark of the bridge it is in names it (`nic=<NIC>`)',
  foreign: 'borrowed',
  probes: [ipProbe, managersProbe],

  *observe(view, topology) {
    const state = nodeNamespace(view)?.get(ipProbe);
    for (const link of state?.links ?? []) {
      const ours = ownerOfAlias(link.ifalias, topology) === 'ours';
      if (link.ifname === 'lo' || link.linkinfo?.info_kind === 'bridge' || ours) continue;
      const master = linkOf(state, link.master ?? '');
      const borrowed = master !== undefined && borrowedNic(master.ifalias) === link.ifname;
      const owner = borrowed ? ownerOfAlias(master.ifalias, topology) : 'foreign';
      const spec: NicSpec = {
        bridge: link.master ?? null,
        mtu: link.mtu,
        up: link.flags.includes('UP'),
        stray: link.master === undefined ? [] : strays(view, placeOf(view, link.ifname, topology)),
        attributes: alteredAttributes(link, ['port'], state?.links ?? []),
        ...(owner === 'ours' && { borrowed }),
        allowDynamic: false,
      };
      // In a bridge of ours that lost its mark, it can only be the one we borrowed.
      const links = state?.links ?? [];
      const adoptable =
        master !== undefined &&
        master.ifalias === undefined &&
        isOwnBridge(master, links, topology) &&
        nicOfBridge(master, links) === link.ifname;
      yield {
        node: view.node,
        netns: null,
        kind: 'nic',
        name: link.ifname,
        owner,
        spec,
        ...(adoptable && { adoptable }),
      };
    }
  },

  needs: ({ spec }) => (spec.bridge === null ? [] : [{ kind: 'bridge', netns: null, name: spec.bridge }]),

  compare(desired, observed) {
    if (desired.bridge === null) {
      // A bridge of somebody else is not our business.
      return compareFields(desired, observed, {
        ...(observed.borrowed === true && { bridge: 'update' }),
        mtu: 'update',
      });
    }
    return [
      ...compareFields(desired, observed, { bridge: 'update', mtu: 'update', up: 'update', stray: 'update' }),
      ...compareAttributes('attributes', desired.attributes, observed.attributes),
    ];
  },

  // A NIC that is not there can't be made; `inspect` says so.
  create: () => [],

  update({ node, name, spec }, observed, fields, context) {
    const { bridge } = spec;
    const moved = changed(fields, 'bridge') ?? changed(fields, 'stray');
    const held = observed.owner === 'ours' && observed.spec.bridge !== bridge ? observed.spec.bridge : null;
    return [
      ...(changed(fields, 'mtu') && spec.mtu !== undefined ? [set(name, 'mtu', `${spec.mtu}`)] : []),
      ...(moved && (bridge !== null || held !== null)
        ? move({ node, netns: null, kind: 'nic', name }, { from: held, to: bridge }, context)
        : []),
      ...(changed(fields, 'up') && !moved ? [set(name, spec.up ? 'up' : 'down')] : []),
      ...fields.flatMap(({ field, to }): Command[] => {
        const key = field.startsWith('attributes.') ? field.slice('attributes.'.length) : '';
        return groupOf(key, 'port') ? [ip(setAttribute(name, 'port', key, to as string | undefined))] : [];
      }),
    ];
  },

  remove: (observed, context) =>
    observed.spec.bridge === null ? [] : move(observed, { from: observed.spec.bridge, to: null }, context),

  impact: (action, fields) =>
    action === 'delete' || changed(fields, 'bridge') || changed(fields, 'mtu') ? 'flap' : 'none',

  inspect(resource, change, context) {
    const { node, name, spec, origin } = resource;
    const view = context.view(node);
    const link = linkOf(namespaceView(view, null)?.get(ipProbe), name);
    const at = { ...(origin.range && { range: origin.range }), place: { node } };
    if (!link) return [missing(name, node, view, at)];
    const lost = change === undefined ? [] : uncarriable(name, namespaceView(view, null)?.get(ipProbe)?.routes ?? []);
    if (spec.bridge !== null && lost.length > 0) return [unwritable(name, node, lost, at)];
    if (spec.bridge === null || link.master === spec.bridge) return [];
    const managers = spec.allowDynamic || change === undefined ? [] : managersOf(view, name);
    const master = linkOf(namespaceView(view, null)?.get(ipProbe), link.master ?? '');
    return [
      ...(managers.length === 0 ? [] : [managed(name, node, managers, at)]),
      ...(master && ownerOfAlias(master.ifalias, context.topology) !== 'ours'
        ? [taken(name, node, master.ifname, at)]
        : []),
    ];
  },
};

type At = Pick<Diagnostic, 'range' | 'place'>;

function missing(name: string, node: string, view: NodeView | undefined, at: At): Diagnostic {
  const known = (namespaceView(view, null)?.get(ipProbe)?.links ?? []).filter(
    (l) => l.ifname !== 'lo' && l.linkinfo?.info_kind !== 'bridge',
  );
  return {
    code: 'NLP01',
    severity: 'error',
    summary: `node ${node} has no NIC ${name}`,
    hint: `it has ${known.map((l) => l.ifname).join(', ') || 'none'}; name one of these under nodes.${node}.nics`,
    ...at,
  };
}

function managed(name: string, node: string, managers: readonly string[], at: At): Diagnostic {
  return {
    code: 'NLP02',
    severity: 'error',
    summary: `${name} of ${node} is not free to be put into a bridge: ${managers.join(' and ')}`,
    detail:
      'What stands on the NIC moves to the bridge. Somebody who looks after the NIC would put it back, or let it run out.',
    hint: `configure ${name} statically and outside that program, or write \`allow_dynamic: true\` under nodes.${node}.nics.${name}`,
    ...at,
  };
}

function taken(name: string, node: string, bridge: string, at: At): Diagnostic {
  return {
    code: 'NLP03',
    severity: 'error',
    summary: `${name} of ${node} is a port of ${bridge}, which is not ours`,
    hint: `take it out there (ip link set dev ${name} nomaster), or name another NIC`,
    ...at,
  };
}

function unwritable(name: string, node: string, routes: readonly string[], at: At): Diagnostic {
  return {
    code: 'NLP05',
    severity: 'error',
    summary: `${name} of ${node} has a route that can't be carried to the bridge: ${routes.join('; ')}`,
    detail: 'It would not be the same route afterwards, so nothing is moved.',
    hint: `write the route without that, or use another NIC`,
    ...at,
  };
}
