import type { Command } from '../../model/command.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Kind, KindContext } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import { borrowedNic } from '../shared/alias.ts';
import { alteredAttributes, groupOf, setAttribute } from '../shared/attributes.ts';
import { changed, compareAttributes, compareFields } from '../shared/compare.ts';
import { ipProbe, linkOf } from '../shared/ip.ts';
import { managersProbe } from '../shared/managers.ts';
import { nodeNamespace, ownerOfAlias } from '../shared/owner.ts';
import type { NicSpec } from './spec.ts';
import { carry, straysOf } from './stray.ts';

function ip(words: readonly string[]): Command {
  return { tool: 'ip', netns: null, words };
}

function set(device: string, ...words: string[]): Command {
  return ip(['link', 'set', 'dev', device, ...words]);
}

function strays(view: NodeView | undefined, device: string): readonly string[] {
  const state = namespaceView(view, null)?.get(ipProbe);
  const link = linkOf(state, device);
  return link && state ? straysOf(link, state.routes) : [];
}

/** Into a bridge, with all that stands on the NIC: first what can stand twice, then the port, then the rest. */
function enslave(nic: string, bridge: string, carried: readonly string[]): Command[] {
  const { before, after } = carry(carried, nic, bridge);
  return [...before.map(ip), set(nic, 'master', bridge), set(nic, 'up'), ...after.map(ip)];
}

/** Out of a bridge, with all that stands on the bridge. The NIC has link, so nothing waits for it. */
function release(nic: string, bridge: string, view: NodeView | undefined): Command[] {
  const { before, after } = carry(strays(view, bridge), bridge, nic);
  return [...before.map(ip), set(nic, 'nomaster'), ...after.map(ip)];
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
        stray: link.master === undefined ? [] : strays(view, link.ifname),
        attributes: alteredAttributes(link, ['port'], state?.links ?? []),
        ...(owner === 'ours' && { borrowed }),
        allowDynamic: false,
      };
      yield { node: view.node, netns: null, kind: 'nic', name: link.ifname, owner, spec };
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
    const move = changed(fields, 'bridge') ?? changed(fields, 'stray');
    return [
      ...(changed(fields, 'mtu') && spec.mtu !== undefined ? [set(name, 'mtu', `${spec.mtu}`)] : []),
      ...(move && bridge !== null ? enslave(name, bridge, strays(context.view(node), name)) : []),
      ...(changed(fields, 'up') && !move ? [set(name, spec.up ? 'up' : 'down')] : []),
      ...fields.flatMap(({ field, to }): Command[] => {
        const key = field.startsWith('attributes.') ? field.slice('attributes.'.length) : '';
        return groupOf(key, 'port') ? [ip(setAttribute(name, 'port', key, to as string | undefined))] : [];
      }),
      ...(bridge === null && observed.owner === 'ours' && observed.spec.bridge !== null
        ? release(name, observed.spec.bridge, context.view(node))
        : []),
    ];
  },

  remove: ({ node, name, spec }, context) =>
    spec.bridge === null ? [] : release(name, spec.bridge, context.view(node)),

  impact: (action, fields) =>
    action === 'delete' || changed(fields, 'bridge') || changed(fields, 'mtu') ? 'flap' : 'none',

  inspect(resource, change, context) {
    const { node, name, spec, origin } = resource;
    const view = context.view(node);
    const link = linkOf(namespaceView(view, null)?.get(ipProbe), name);
    const at = { ...(origin.range && { range: origin.range }), place: { node } };
    if (!link) return [missing(name, node, view, at)];
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
