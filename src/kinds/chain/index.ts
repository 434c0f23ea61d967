import type { ChainEdit, Command, Family } from '../../model/command.ts';
import type { Kind, KindContext, OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Observed, Ref } from '../../model/resource.ts';
import { compareFields } from '../shared/compare.ts';
import { iptablesSaveProbes, type SavedTables } from '../shared/iptables-save.ts';
import { programsProbe } from '../shared/programs.ts';
import { forgetToken } from '../shared/owed-tokens.ts';
import { knowsRandomFully, withoutRandomFully } from './dialect.ts';
import { chainEdits, sharedChainEdits } from './edits.ts';
import { needsOf } from './needs.ts';
import { FAMILIES, isJump, observeChains } from './observe.ts';
import { canTranslate, translationsOf } from './rules.ts';
import type { ChainSpec } from './spec.ts';

interface Place {
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

function placeOf(name: string): Place {
  const [family, table = '', ...chain] = name.split('/');
  return { family: family === '6' ? 6 : 4, table, chain: chain.join('/') };
}

function savedRules({ node, netns, name }: Ref, context: KindContext): readonly string[] {
  const { family, table, chain } = placeOf(name);
  const saved: SavedTables | undefined = namespaceView(context.view(node), netns)?.get(iptablesSaveProbes[family]);
  return saved?.get(table)?.get(chain)?.rules ?? [];
}

function commands({ netns, name }: Ref, edits: readonly ChainEdit[]): Command[] {
  const place = placeOf(name);
  return edits.map((edit) => ({ tool: 'iptables', netns, ...place, edit }));
}

/** What only takes rules out of a chain others write to as well says which: their positions may have moved by then. */
function byText(edits: readonly ChainEdit[], all: readonly string[]): readonly ChainEdit[] {
  const gone = edits.flatMap((edit) => (edit.op === 'delete' ? [edit] : []));
  if (gone.length < edits.length) return edits;
  // Positions count in the chain as the edits before left it.
  const left = [...all];
  const rules = gone.flatMap(({ position }) => left.splice(position - 1, 1));
  const isUnique = (rule: string): boolean => all.filter((other) => other === rule).length === 1;
  return rules.every(isUnique) ? rules.map((rule) => ({ op: 'delete-rule', rule })) : edits;
}

function toRules(
  ref: Ref,
  builtin: boolean,
  from: readonly string[],
  to: readonly string[],
  context: KindContext,
): Command[] {
  if (!builtin) return commands(ref, chainEdits(from, to));
  const all = savedRules(ref, context);
  return commands(ref, byText(sharedChainEdits(all, isJump, to), all));
}

const FIELDS = { rules: 'update' } as const;

/** An iptables chain of a namespace of ours: a wrapped one whole, of a built-in one our jumps. */
export const chainKind: Kind<ChainSpec> = {
  name: 'chain',
  ownership:
    'in a namespace of ours: chains named `neutron-…` or `quantum-…`, and the jumps to them in built-in chains',
  probes: [...FAMILIES.map((family) => iptablesSaveProbes[family]), programsProbe],

  observe: observeChains,
  needs: needsOf,
  guards: true,

  fit(spec, view) {
    const version = view.get(programsProbe)?.iptables;
    return version && !knowsRandomFully(version) ? { ...spec, rules: withoutRandomFully(spec.rules) } : spec;
  },

  compare: (desired, observed) => compareFields(desired, observed, FIELDS),

  create: (resource, context) => [
    ...(resource.spec.builtin ? [] : commands(resource, [{ op: 'new' }])),
    ...(resource.spec.builtin
      ? toRules(resource, true, [], resource.spec.rules, context)
      : commands(
          resource,
          resource.spec.rules.map((rule): ChainEdit => ({ op: 'append', rule })),
        )),
  ],

  update: (resource, observed, _fields, context) =>
    toRules(resource, resource.spec.builtin, observed.spec.rules, resource.spec.rules, context),

  remove: (observed: Observed<ChainSpec>, context) =>
    observed.spec.builtin
      ? toRules(observed, true, observed.spec.rules, [], context)
      : commands(observed, [{ op: 'flush' }, { op: 'drop' }]),

  impact: (action, fields) => {
    if (action !== 'update') return action === 'delete' ? 'drops-nat' : 'none';
    const text = JSON.stringify(fields.map(({ from, to }) => [from, to]));
    return /DNAT|SNAT/.test(text) ? 'drops-nat' : 'counters';
  },

  owes({ desired, observed }): readonly OwedToken[] {
    const name = desired?.name ?? observed?.name ?? '';
    if (!canTranslate(name)) return [];
    const now = new Set(desired?.spec.rules);
    const before = new Set(observed?.spec.rules);
    const altered = [...now].filter((rule) => !before.has(rule)).concat([...before].filter((rule) => !now.has(rule)));
    const tokens = translationsOf(name, altered).flatMap(({ destination, source, ports }) => [
      ...(destination === undefined ? [] : [forgetToken({ ip: destination, ...(ports && { ports }) })]),
      ...(source === undefined ? [] : [forgetToken({ ip: source })]),
    ]);
    return [...new Set(tokens)];
  },
};
