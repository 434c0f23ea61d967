import type { Existing } from '../model/feature.ts';
import type { Netns, Observed, RefTo } from '../model/resource.ts';
import { kindWord } from '../model/resource.ts';

/** The objects of ours, by namespace and name. */
export function existingObjects(observed: readonly Observed[]): Pick<Existing, 'at' | 'inside'> {
  const byName = new Map<string, Observed[]>();
  const byNetns = new Map<Netns, Observed[]>();
  for (const object of observed) {
    if (object.owner !== 'ours') continue;
    append(byName, `${kindWord(object.kind)} ${object.name}`, object);
    append(byNetns, object.netns, object);
  }
  return {
    at: <Spec>({ kind, netns, name }: RefTo<Spec>) => {
      const found = byName.get(`${kindWord(kind)} ${name}`) ?? [];
      return found.filter((object) => object.netns === netns) as Observed<Spec>[];
    },
    inside: (netns) => byNetns.get(netns) ?? [],
  };
}

function append<Key>(lists: Map<Key, Observed[]>, key: Key, object: Observed): void {
  const list = lists.get(key);
  if (list) list.push(object);
  else lists.set(key, [object]);
}
