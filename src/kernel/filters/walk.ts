import { both, not, type Truth } from './packet.ts';

/**
 * What a rule does with a packet that it matches. `queue`: a program or an unknown target decides. `track`: it sets or
 * prevents connection tracking, and the packet goes on.
 */
export type Action =
  | { readonly does: 'accept' | 'drop' | 'queue' | 'return' | 'next' | 'track' }
  | { readonly does: 'jump' | 'goto'; readonly chain: string };

/** One rule for one class of packets. */
export interface Step {
  readonly matches: Truth;
  readonly action: Action;
  /** The rule as its program prints it. */
  readonly rule: string;
}

/** A rule or policy that decides packets of a class; with `sure`, all that come to the hook. */
export interface Ending {
  readonly verdict: 'accept' | 'drop' | 'queue' | 'track';
  readonly rule: string;
  readonly sure: boolean;
}

/** What happens to a class of packets in a chain. */
export interface Fate {
  readonly endings: readonly Ending[];
  /** Whether they come out at the end of the chain, or return from it. */
  readonly falls: Truth;
}

/** The rules of the chains of one table, for one class of packets; `undefined` for a chain that does not exist. */
export type Steps = (chain: string) => readonly Step[] | undefined;

const PASSES: Fate = { endings: [], falls: 'yes' };

/**
 * Returns the fate of a class of packets in a chain. Each chain is walked once, so a hostile graph of jumps costs no
 * more than its rules; a chain that leads back to itself, which the kernel refuses, decides nothing.
 */
export function walk(steps: Steps, chain: string, known = new Map<string, Fate>()): Fate {
  const before = known.get(chain);
  if (before) return before;
  known.set(chain, PASSES);
  const endings: Ending[] = [];
  let reached: Truth = 'yes';
  let falls: Truth = 'no';
  for (const { matches, action, rule } of steps(chain) ?? []) {
    const here = both(reached, matches);
    if (here === 'no') continue;
    const { does } = action;
    if (does === 'next') continue;
    if (does === 'track') endings.push({ verdict: does, rule, sure: here === 'yes' });
    else if (does === 'return') {
      falls = falls === 'yes' ? 'yes' : here;
      reached = both(reached, not(matches));
    } else if (does === 'jump' || does === 'goto') {
      const inner = walk(steps, action.chain, known);
      endings.push(...inner.endings.map((one) => ({ ...one, sure: one.sure && here === 'yes' })));
      const through = both(here, inner.falls);
      if (does === 'goto') {
        if (through !== 'no') falls = falls === 'yes' ? 'yes' : through;
        reached = both(reached, not(matches));
      } else if (matches === 'yes') reached = through;
      else if (inner.falls !== 'yes') reached = 'maybe';
    } else {
      endings.push({ verdict: does, rule, sure: here === 'yes' });
      reached = both(reached, not(matches));
    }
    if (reached === 'no') break;
  }
  if (reached !== 'no') falls = falls === 'yes' ? 'yes' : reached;
  const fate: Fate = { endings, falls };
  known.set(chain, fate);
  return fate;
}

/** Returns the same for the chain of a hook, with its policy. `rule` is how the policy is printed. */
export function walkHook(
  steps: Steps,
  chain: string,
  policy: { readonly verdict: 'accept' | 'drop'; readonly rule: string },
): readonly Ending[] {
  const { endings, falls } = walk(steps, chain);
  return falls === 'no' ? endings : [...endings, { ...policy, sure: falls === 'yes' }];
}

/** Returns the rule that drops all packets of a class, by the endings at one hook; `undefined` if some may pass. */
export function dropOf(endings: readonly Ending[]): string | undefined {
  const deciding = endings.filter(({ verdict }) => verdict !== 'track');
  if (deciding.length === 0 || deciding.some(({ verdict }) => verdict !== 'drop')) return undefined;
  return (deciding.find(({ sure }) => sure) ?? deciding.at(-1))?.rule;
}

/** Returns the rules that may drop packets of a class, or leave them to a program or target that is not evaluated. */
export function dropsOf(endings: readonly Ending[]): readonly string[] {
  return endings.filter(({ verdict }) => verdict === 'drop' || verdict === 'queue').map(({ rule }) => rule);
}
