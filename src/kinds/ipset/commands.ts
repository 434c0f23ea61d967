import type { Command } from '../../model/command.ts';
import { swapSetOf } from '../../kernel/netfilter/set-names.ts';
import type { IpsetSpec } from './spec.ts';

/** Up to this many members are added and deleted one by one, as Neutron does; more by a swap. */
const ONE_BY_ONE = 4;

function ipset(...words: readonly string[]): Command {
  return { tool: 'ipset', netns: null, words };
}

/** Returns the commands that createSet and fill a set. */
export function createSet(name: string, { family, members, options }: IpsetSpec): readonly Command[] {
  return [
    ipset('create', name, 'hash:net', 'family', family === 6 ? 'inet6' : 'inet', ...options),
    ...members.map((member) => ipset('add', name, ...member.split(' '))),
  ];
}

/** Returns the command that deletes a set; nothing happens if it does not exist. */
export function destroySet(name: string): Command {
  return ipset('destroy', name);
}

/**
 * Fills a second set and swaps it with the first atomically: rules match the old members, then the new ones, and never
 * fewer.
 */
function swapIn(name: string, spec: IpsetSpec): readonly Command[] {
  const swapSet = swapSetOf(name);
  // An existing set of that name may be of another type, and `create` would accept it.
  return [destroySet(swapSet), ...createSet(swapSet, spec), ipset('swap', swapSet, name), destroySet(swapSet)];
}

/** Returns the commands that give a set these members, whether it exists or not, and whatever its members are. */
export function restoreSet(name: string, spec: IpsetSpec): readonly Command[] {
  return [...createSet(name, { ...spec, members: [] }), ...swapIn(name, spec)];
}

/**
 * Returns the commands that change the observed members into the desired ones. Members that stay are matched at every
 * moment.
 */
export function updateSet(name: string, desired: IpsetSpec, observed: IpsetSpec): readonly Command[] {
  const [after, before] = [new Set(desired.members), new Set(observed.members)];
  const added = desired.members.filter((member) => !before.has(member));
  const deleted = observed.members.filter((member) => !after.has(member));
  // A set keeps the options of its creation. And with `nomatch` behind it an address is the same member as without, so
  // only plain ones are added and deleted singly.
  const isAlike = desired.options.join(' ') === observed.options.join(' ');
  const isPlain = observed.members.every((member) => !member.includes(' '));
  if (!isAlike || !isPlain || added.length + deleted.length > ONE_BY_ONE) return swapIn(name, desired);
  // Additions first: a deleted member may be a block that contains an added one.
  return [...added.map((member) => ipset('add', name, member)), ...deleted.map((member) => ipset('del', name, member))];
}
