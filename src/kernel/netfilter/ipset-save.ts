import type { Family } from '../../model/command.ts';
import type { NodeProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { kernelNamesProbe } from './kernel-names.ts';
import { familyOfSet } from './set-names.ts';

/** One set printed by `ipset save`. */
export interface SavedSet {
  readonly type: string;
  /** `undefined` for a type without a family. */
  readonly family: Family | undefined;
  /** The other words of `create`: without type and family, and without sizes that have the default. */
  readonly options: readonly string[];
  /** As printed: an address or a block, and options that may follow it (`nomatch`, `timeout 30`). */
  readonly members: readonly string[];
}

/** Sets by name. */
export type SavedSets = ReadonlyMap<string, SavedSet>;

/** Sizes that the kernel chooses, and a random number. An older ipset prints only the first. */
const CHOSEN_BY_KERNEL = new Set(['hashsize', 'bucketsize', 'initval']);
const DEFAULT_MAXELEM = '65536';

function setOf(type: string, words: readonly string[]): SavedSet & { readonly members: string[] } {
  let family: Family | undefined;
  const options: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const [word = '', value = ''] = words.slice(i, i + 2);
    if (word === 'family') family = value === 'inet6' ? 6 : 4;
    else if (!CHOSEN_BY_KERNEL.has(word) && !(word === 'maxelem' && value === DEFAULT_MAXELEM)) {
      options.push(word);
      continue;
    }
    i += 1;
  }
  return { type, family, options, members: [] };
}

/** Reads the output of `ipset save`. Throws for a line that it does not print. */
export function parseIpsetSave(text: string): SavedSets {
  const sets = new Map<string, ReturnType<typeof setOf>>();
  for (const line of text.split('\n')) {
    const [verb, name = '', what = '', ...more] = line.trim().split(' ');
    if (verb === 'create') sets.set(name, setOf(what, more));
    else if (verb === 'add') sets.get(name)?.members.push([what, ...more].join(' '));
    else if (verb !== '') throw new Error(`it has the line ${JSON.stringify(line.slice(0, 80))}`);
  }
  return sets;
}

/**
 * The sets with Neutron's names in the node's own namespace. If the kernel has none, no program is started. Foreign
 * sets can have a hundred thousand members, so the node sends only sets with Neutron's names.
 */
export const ipsetSaveProbe: NodeProbe<SavedSets> = {
  id: 'ipset',
  scope: 'node',
  only: 'sets',
  script: programText(new URL('./ipset-save.sh', import.meta.url)),
  command: 'ipset save',
  parse: parseIpsetSave,
  witness: {
    probes: [kernelNamesProbe],
    missing: (sets, get) =>
      [...(get(kernelNamesProbe)?.sets ?? [])]
        .filter((name) => familyOfSet(name) !== undefined && !sets.has(name))
        .map((name) => `set ${name}`),
  },
};
