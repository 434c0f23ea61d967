import { entryOf, isList, memberOf, wordOf, type Json } from './nft-json.ts';

/** A rule of nftables, as `nft -j` lists it. */
export interface ListedRule {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly handle: number;
  readonly expr: readonly Json[];
}

/** Statements that neither decide about a packet nor change it; accepting it ends only the chain of this hook. */
const PASSIVE: ReadonlySet<string> = new Set([
  'match',
  'counter',
  'log',
  'accept',
  'return',
  'continue',
  'limit',
  'quota',
  'last',
]);

/** Keys of `meta` that name a device or bridge. */
const DEVICES: ReadonlySet<string> = new Set(['iifname', 'oifname', 'iif', 'oif', 'ibrname', 'obrname']);

/**
 * Returns the rules of a chain that can drop, divert or change a packet of these devices. A rule that names other
 * devices cannot, such as those that libvirt writes for each of its own taps.
 */
export function touchingRules(
  listed: readonly unknown[],
  at: Pick<ListedRule, 'family' | 'table' | 'chain'>,
  devices: ReadonlySet<string>,
): readonly ListedRule[] {
  const rules = listed.flatMap((object) => (object as { readonly rule?: ListedRule }).rule ?? []);
  const of = (chain: string): readonly ListedRule[] =>
    rules.filter((rule) => rule.family === at.family && rule.table === at.table && rule.chain === chain);
  const acts = (rule: ListedRule, depth: number): boolean =>
    isAbout(rule.expr, devices) &&
    rule.expr.some((statement) => {
      const [word, inner] = entryOf(statement);
      if (word === 'jump' || word === 'goto')
        return depth > 16 || of(wordOf(memberOf(inner, 'target'))).some((next) => acts(next, depth + 1));
      return !PASSIVE.has(word) && !(word === 'xt' && memberOf(inner, 'type') === 'match');
    });
  return of(at.chain).filter((rule) => acts(rule, 0));
}

/** Returns whether no match of a rule excludes all of these devices. */
function isAbout(expr: readonly Json[], devices: ReadonlySet<string>): boolean {
  return expr.every((statement) => {
    const match = memberOf(statement, 'match');
    if (!DEVICES.has(wordOf(memberOf(memberOf(memberOf(match, 'left'), 'meta'), 'key')))) return true;
    const names = namesIn(memberOf(match, 'right'));
    const hits = [...devices].filter((device) => names.some((name) => isNamed(device, name)));
    return memberOf(match, 'op') === '!=' ? hits.length < devices.size : hits.length > 0;
  });
}

/** Returns the names in the right side of a match: one name, or a set of them. Others may hold any. */
function namesIn(right: Json | undefined): readonly string[] {
  if (typeof right === 'string') return right.startsWith('@') ? ['*'] : [right];
  const set = memberOf(right, 'set');
  return isList(set) ? set.map((name) => (typeof name === 'string' ? name : '*')) : ['*'];
}

function isNamed(device: string, name: string): boolean {
  return name.endsWith('*') ? device.startsWith(name.slice(0, -1)) : device === name;
}
