import type { ChainEdit, Command } from '../../model/command.ts';
import { adaptation, type Kind, type KindContext, type OwedToken } from '../../model/kind.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import { addressOf, type Observed, type Ref } from '../../model/resource.ts';
import { foreignFiltersProbe } from '../../kernel/filters/foreign-filters.ts';
import { bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { ipsetSaveProbe } from '../../kernel/netfilter/ipset-save.ts';
import { iptablesSaveProbes } from '../../kernel/netfilter/iptables-save.ts';
import type { SavedTables } from '../../kernel/netfilter/saved-tables.ts';
import { ovsProbe } from '../../kernel/openvswitch/database.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { programsProbe } from '../../kernel/probes/programs.ts';
import { natToken } from '../../kernel/effects/owed-tokens.ts';
import { isJump } from '../../kernel/netfilter/rule-words.ts';
import { knowsRandomFully, withoutRandomFully } from './dialect.ts';
import { bridgedUnseen } from './bridged.ts';
import { forwardingBlocked } from './blocked.ts';
import { byText, removalsByText } from './by-text.ts';
import { chainEdits, edited, editsToFront, sharedChainEdits } from './edits.ts';
import { canonicalFormsOf } from './canonical.ts';
import { chainExistence } from './existence.ts';
import { cutOff } from './flows.ts';
import { chainsOnlyOf, disturbingRules } from './foreign.ts';
import { groupsOff } from './groups-off.ts';
import { needsOf } from './needs.ts';
import { FAMILIES, observeChains } from './observe.ts';
import { tableTaken } from './taken.ts';
import { FOREIGN, parseChainName } from './name.ts';
import { canTranslate, translationsOf } from './rules.ts';
import { chainFields } from './fields.ts';
import type { ChainSpec } from './spec.ts';
import { trackedApart } from './tracked-apart.ts';
import { trackedByOthers } from './untracked.ts';
import { usedZones, withZones, type UsedZone } from './zones.ts';
import { CHAIN, tableMarker } from './spec.ts';
import { shown } from './words.ts';

function savedRules({ node, netns, name }: Ref, context: KindContext): readonly string[] {
  const { family, table, chain } = parseChainName(name);
  const saved: SavedTables | undefined = namespaceView(context.view(node), netns)?.get(iptablesSaveProbes[family]);
  return saved?.get(table)?.get(chain)?.rules ?? [];
}

function commands({ netns, name }: Ref, edits: readonly ChainEdit[]): Command[] {
  const chainName = parseChainName(name);
  return edits.map((edit) => ({ tool: 'iptables', netns, ...chainName, edit }));
}

/** What a chain depends on: whether iptables knows `--random-fully`, and the conntrack zones that are in use. */
function nodeFacts(view: NodeView): { readonly randomFully: boolean; readonly zones: readonly UsedZone[] } {
  const version = view.get(programsProbe)?.iptables;
  const own = namespaceView(view, null);
  return {
    randomFully: version === undefined || knowsRandomFully(version),
    zones: usedZones(FAMILIES.map((family) => own?.get(iptablesSaveProbes[family]))),
  };
}

/** Returns the commands that delete the foreign rules of a built-in chain that disturb traffic, and their chains. */
function withoutForeign({ node, netns, name }: Ref, context: KindContext): Command[] {
  const { family, table, chain } = parseChainName(name);
  const chains = namespaceView(context.view(node), netns)?.get(iptablesSaveProbes[family])?.get(table);
  if (chains === undefined) return [];
  const rules = disturbingRules(chain, chains);
  const edit = (at: string, ...edits: readonly ChainEdit[]): Command[] =>
    edits.map((one) => ({ tool: 'iptables', netns, family, table, chain: at, edit: one }));
  return [
    ...edit(chain, ...rules.map((rule): ChainEdit => ({ op: 'delete-foreign', rule }))),
    ...chainsOnlyOf(chain, rules, chains).flatMap((one) => edit(one, { op: 'flush' }, { op: 'drop' })),
  ];
}

function toRules(
  ref: Ref,
  { builtin, rules: from, order = [] }: ChainSpec,
  to: readonly string[],
  context: KindContext,
): Command[] {
  if (!builtin) return commands(ref, chainEdits(from, to));
  const all = savedRules(ref, context);
  const some = sharedChainEdits(all, isJump, to);
  const edits = [...some, ...editsToFront(edited(all, some), isJump, (rule) => order.includes(rule) && !isJump(rule))];
  return commands(ref, ref.netns === null ? byText(edits, all) : removalsByText(edits, all));
}

/** Returns the command that makes a chain what it was before an apply: with this spec, or missing. */
function asBefore(ref: Ref, before: ChainSpec | undefined, context: KindContext): Command[] {
  const after = context.reverts?.after.get(addressOf(ref))?.spec as ChainSpec | undefined;
  const base = { tool: 'chain', netns: ref.netns, ...parseChainName(ref.name) } as const;
  if (!(before ?? after)?.builtin) return [{ ...base, rules: before?.rules ?? null }];
  const ours = [...new Set([...(before?.rules ?? []), ...(after?.rules ?? [])])];
  return [{ ...base, rules: savedRules(ref, context), ours }];
}

/**
 * An iptables chain of a namespace of ours, or of a table of the node's own namespace that we marked: a wrapped chain
 * as a whole, of a built-in one our jumps.
 */
export const chainKind: Kind<ChainSpec> = {
  name: CHAIN,
  ...chainFields,
  counted: { one: 'rule', many: 'rules', lines: ({ rules }) => rules },
  ownership: {
    ours:
      'in a namespace of ours: chains `neutron-…`, `quantum-…`, and the jumps to them in built-in chains; in the ' +
      'node’s own namespace: the same, in a table with the empty chain `netloom-<topology>`',
    notes:
      'a real Neutron uses the same chain names: a table that has such chains but no such mark, or the mark of ' +
      'another topology, is an error; a table that lost the mark is adopted if its chains name devices of ours that ' +
      'exist, no other ones, and nothing that is not in the file',
  },
  describe: () => '',
  shown,
  existence: ({ netns, name, spec }) => chainExistence(netns, name, spec),
  probes: [
    ...FAMILIES.map((family) => iptablesSaveProbes[family]),
    ipProbe,
    ovsProbe,
    programsProbe,
    bridgeNfProbe,
    ipsetSaveProbe,
    foreignFiltersProbe,
  ],

  observe: observeChains,
  needs: needsOf,
  filtersTraffic: true,
  canonicalForms: canonicalFormsOf,

  companions: {
    key: ({ netns, name }) => (netns === null ? name.slice(0, name.indexOf('/', 2)) : ''),
    of({ node, netns, name, origin }, topology) {
      if (netns !== null) return [];
      const { family, table } = parseChainName(name);
      return [tableMarker({ node, family, table }, topology, origin)];
    },
  },

  adaptation: adaptation(nodeFacts, (spec, { randomFully, zones }) => {
    const rules = withZones(randomFully ? spec.rules : withoutRandomFully(spec.rules), zones);
    return rules === spec.rules ? spec : { ...spec, rules };
  }),

  create: (resource, context) =>
    context.reverts
      ? asBefore(resource, resource.spec, context)
      : [
          ...(resource.spec.builtin ? [] : commands(resource, [{ op: 'new' }])),
          ...(resource.spec.builtin
            ? toRules(resource, { builtin: true, rules: [] }, resource.spec.rules, context)
            : commands(
                resource,
                resource.spec.rules.map((rule): ChainEdit => ({ op: 'append', rule })),
              )),
        ],

  update: (resource, observed, _fields, context) =>
    context.reverts
      ? asBefore(resource, resource.spec, context)
      : toRules(resource, observed.spec, resource.spec.rules, context),

  remove: (observed: Observed<ChainSpec>, context) =>
    context.reverts
      ? asBefore(observed, undefined, context)
      : observed.name.endsWith(FOREIGN)
        ? withoutForeign(observed, context)
        : observed.spec.builtin
          ? toRules(observed, { builtin: true, rules: observed.spec.rules }, [], context)
          : commands(observed, [{ op: 'flush' }, { op: 'drop' }]),

  inspect: (resource, change, context) => [
    ...tableTaken(resource, change, context),
    ...bridgedUnseen(resource, context),
    ...forwardingBlocked(resource, change, context),
    ...trackedByOthers(resource, context),
    ...groupsOff(resource, change, context),
  ],

  touches: trackedApart,

  effects({ desired, observed }, context): readonly OwedToken[] {
    const name = desired?.name ?? observed?.name ?? '';
    if (observed?.netns === null) {
      const tokens = cutOff(observed, observed.spec.rules, desired?.spec.rules, context);
      if (tokens.length > 0) return [...new Set(tokens)];
    }
    if (!canTranslate(name)) return [];
    const now = new Set(desired?.spec.rules);
    const before = new Set(observed?.spec.rules);
    const changedRules = [...now]
      .filter((rule) => !before.has(rule))
      .concat([...before].filter((rule) => !now.has(rule)));
    const tokens = translationsOf(name, changedRules).flatMap(({ destination, source, ports }) => [
      ...(destination === undefined ? [] : [natToken({ ip: destination, ...(ports && { ports }) })]),
      ...(source === undefined ? [] : [natToken({ ip: source })]),
    ]);
    return [...new Set(tokens)];
  },
};
