import { ipset, setName } from '../../kinds/ipset/spec.ts';
import type { Family } from '../../model/command.ts';
import type { Resource } from '../../model/resource.ts';
import type { ResolvedSecurityGroup } from '../../resolve/resolved-security.ts';
import type { FilteredPort } from '../../resolve/resolved.ts';
import type { Groups } from './rule.ts';

/**
 * The ipsets of groups that rules name. A group has the same members on every node, so all nodes share one spec: with
 * 50,000 members on 1,000 nodes a copy for each node would be gigabytes.
 */
export class GroupSets {
  readonly #groups: Groups;
  readonly #byName = new Map<string, Resource>();

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** Returns an ipset for each group that a rule of one of these ports of a node names. */
  on(node: string, ports: readonly FilteredPort[]): readonly Resource[] {
    const sets = new Map<string, Resource>();
    for (const name of new Set(ports.flatMap(({ security }) => security.groups))) {
      for (const { family, remoteGroup } of this.#groups.get(name)?.rules ?? []) {
        const remote = remoteGroup === undefined ? undefined : this.#groups.get(remoteGroup);
        if (remote === undefined) continue;
        const set = setName(family, remote.id);
        if (!sets.has(set)) sets.set(set, { ...this.#setOf(family, remote, set), node });
      }
    }
    return [...sets.values()];
  }

  /** Returns the set on some node. */
  #setOf(family: Family, { members, origin }: ResolvedSecurityGroup, name: string): Resource {
    const known = this.#byName.get(name);
    if (known) return known;
    const own = members.filter((one) => one.family === family).map(({ cidr }) => cidr);
    const made = ipset({ node: '' }, name, { family, members: own }, origin);
    this.#byName.set(name, made);
    return made;
  }
}
