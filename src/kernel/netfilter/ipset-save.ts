import type { Family } from '../../model/command.ts';
import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';

/** One set of `ipset save`. */
export interface SavedSet {
  readonly type: string;
  /** `undefined` for a type that has none. */
  readonly family: Family | undefined;
  /** The words of `create` that say more than the type, the family and the sizes of a set made without any. */
  readonly options: readonly string[];
  /** As printed: an address, a block, and what may stand behind it (`nomatch`, `timeout 30`). */
  readonly members: readonly string[];
}

/** Sets by name. */
export type SavedSets = ReadonlyMap<string, SavedSet>;

/** Sizes that the kernel chooses, and a number by chance. An older ipset prints the first alone. */
const CHOSEN = new Set(['hashsize', 'bucketsize', 'initval']);
const DEFAULT_MAXELEM = '65536';

function setOf(type: string, words: readonly string[]): SavedSet & { readonly members: string[] } {
  let family: Family | undefined;
  const options: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const [word = '', value = ''] = words.slice(i, i + 2);
    if (word === 'family') family = value === 'inet6' ? 6 : 4;
    else if (!CHOSEN.has(word) && !(word === 'maxelem' && value === DEFAULT_MAXELEM)) {
      options.push(word);
      continue;
    }
    i += 1;
  }
  return { type, family, options, members: [] };
}

/** Reads what `ipset save` prints of sets that have names such as Neutron's. */
export function parseIpsetSave(text: string): SavedSets {
  const sets = new Map<string, ReturnType<typeof setOf>>();
  for (const line of text.split('\n')) {
    const [verb, name = '', what = '', ...more] = line.trim().split(' ');
    if (verb === 'create') sets.set(name, setOf(what, more));
    else if (verb === 'add') sets.get(name)?.members.push([what, ...more].join(' '));
  }
  return sets;
}

/**
 * The sets of the node's own namespace. Where the kernel has not loaded its part there are none, and nothing is started
 * that would load it. Other people's sets can have a hundred thousand members, so what is not named as ours is not
 * sent.
 */
export const ipsetSaveProbe: NodeProbe<SavedSets> = {
  id: 'ipset',
  scope: 'node',
  where: { folder: '/sys/module', file: 'ip_set' },
  script: programText(new URL('./ipset-save.sh', import.meta.url)),
  parse: parseIpsetSave,
};
