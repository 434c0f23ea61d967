import type { ChainEdit, Command, Family } from '../../model/command.ts';
import type { Kind, KindContext, Need, OwedToken } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Observed, Ref } from '../../model/resource.ts';
import { compareFields } from '../shared/compare.ts';
import { iptablesSaveProbes, type SavedTables } from '../shared/iptables-save.ts';
import { forgetToken } from '../shared/owed-tokens.ts';
import { ownNamespaces } from '../shared/owner.ts';
import { chainEdits, sharedChainEdits } from './edits.ts';
import { isWrapped, targetOf, translationOf } from './rules.ts';
import type { ChainSpec } from './spec.ts';

const FAMILIES: readonly Family[] = [4, 6];

interface Place {
  readonly family: Family;
  readonly table: string;
  readonly chain: string;
}

function placeOf(name: string): Place {
  const [family, table = '', ...chain] = name.split('/');
  return { family: family === '6' ? 6 : 4, table, chain: chain.join('/') };
}

/** Of a built-in chain only the jumps into wrapped chains are ours. */
function isJump(rule: string): boolean {
  return isWrapped(targetOf(rule) ?? '');
}

function savedRules({ node, netns, name }: Ref, context: KindContext): readonly string[] {
  const { family, table, chain } = placeOf(name);
  const saved: SavedTables | undefined = namespaceView(context.view(node), netns)?.get(iptablesSaveProbes[family]);
  return saved?.get(table)?.get(chain)?.rules ?? [];
}

function commands({ netns, name }: Ref, edits: readonly ChainEdit[]): Command[] {
  return edits.map((edit) => ({ tool: 'iptables', netns, ...placeOf(name), edit }));
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

function* translations(name: string, rules: readonly string[]): Iterable<ReturnType<typeof translationOf>> {
  const { family, table } = placeOf(name);
  if (family === 4 && table === 'nat') for (const rule of rules) yield translationOf(rule);
}

/** An iptables chain of a namespace of ours: a wrapped one whole, of a built-in one our jumps. */
export const chainKind: Kind<ChainSpec> = {
  name: 'chain',
  ownership:
    'in a namespace of ours: chains named `neutron-…` or `quantum-…`, and the jumps to them in built-in chains',
  probes: FAMILIES.map((family) => iptablesSaveProbes[family]),

  *observe(view, topology) {
    for (const { netns, get } of ownNamespaces(view, topology)) {
      for (const family of FAMILIES) {
        for (const [table, chains] of get(iptablesSaveProbes[family]) ?? []) {
          for (const [chain, { policy, rules }] of chains) {
            const builtin = policy !== '-';
            const ours = builtin ? rules.filter(isJump) : rules;
            if (builtin ? ours.length === 0 : !isWrapped(chain)) continue;
            const name = `${family}/${table}/${chain}`;
            yield { node: view.node, netns, kind: 'chain', name, owner: 'ours', spec: { builtin, rules: ours } };
          }
        }
      }
    }
  },

  *needs({ netns, name, spec }): Iterable<Need> {
    const { family, table } = placeOf(name);
    if (netns !== null) yield { kind: 'netns', netns: null, name: netns, contains: true };
    for (const target of new Set(spec.rules.map(targetOf))) {
      if (target !== undefined && isWrapped(target))
        yield { kind: 'chain', netns, name: `${family}/${table}/${target}` };
    }
    const seen = [...translations(name, spec.rules)];
    const rewritten = new Set(seen.map((t) => t.destination));
    for (const { destination, source, single } of seen) {
      // An address without its DNAT makes this host answer itself, and conntrack keeps the flow there: first the rule, then the address.
      if (destination !== undefined)
        yield { kind: 'address', netns, name: `${destination}/`, prefix: true, soft: true, reverse: true };
      // The other way round for an address that is only a source: what leaves with it must find the way back.
      if (source !== undefined && !single && !rewritten.has(source))
        yield { kind: 'address', netns, name: `${source}/`, prefix: true, soft: true };
    }
  },

  guards: true,

  compare: (desired, observed) => compareFields(desired, observed, { rules: 'update' }),

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
    const text = JSON.stringify(fields.map(({ from, to }) => [from, to]));
    if (action === 'update') return /DNAT|SNAT/.test(text) ? 'drops-nat' : 'counters';
    return action === 'delete' ? 'drops-nat' : 'none';
  },

  owes({ desired, observed }): readonly OwedToken[] {
    const name = desired?.name ?? observed?.name ?? '';
    const now = new Set(desired?.spec.rules);
    const before = new Set(observed?.spec.rules);
    const altered = [...now].filter((rule) => !before.has(rule)).concat([...before].filter((rule) => !now.has(rule)));
    const addresses = [...translations(name, altered)].flatMap(({ destination, source }) => [destination, source]);
    return [...new Set(addresses)].filter((ip) => ip !== undefined).map(forgetToken);
  },
};
