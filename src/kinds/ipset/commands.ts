import type { Command } from '../../model/command.ts';
import { swapSetOf } from '../../kernel/netfilter/set-names.ts';
import type { IpsetSpec } from './spec.ts';

/** Up to this many members come and go one by one, as Neutron has it; more by a swap. */
const ONE_BY_ONE = 4;

function ipset(...words: readonly string[]): Command {
  return { tool: 'ipset', netns: null, words };
}

/** The set is made and filled. */
export function make(name: string, { family, members, options }: IpsetSpec): readonly Command[] {
  return [
    ipset('create', name, 'hash:net', 'family', family === 6 ? 'inet6' : 'inet', ...options),
    ...members.map((member) => ipset('add', name, ...member.split(' '))),
  ];
}

/** The set goes; nothing happens where there is none. */
export function destroy(name: string): Command {
  return ipset('destroy', name);
}

/** A twin is filled and takes the set's place in one stroke: rules match the old members, then the new ones, and never fewer. */
function swap(name: string, spec: IpsetSpec): readonly Command[] {
  const twin = swapSetOf(name);
  // What stands in the twin's name may be of another sort, and `create` would be content with it.
  return [destroy(twin), ...make(twin, spec), ipset('swap', twin, name), destroy(twin)];
}

/** What leads from the members that stand to those that are wanted. Whatever stays is matched at every moment. */
export function alter(name: string, wanted: IpsetSpec, standing: IpsetSpec): readonly Command[] {
  const [after, before] = [new Set(wanted.members), new Set(standing.members)];
  const come = wanted.members.filter((member) => !before.has(member));
  const go = standing.members.filter((member) => !after.has(member));
  // A set is what it was made as. And with `nomatch` behind it an address is the same member as without, so only plain ones come and go alone.
  const isAlike = wanted.options.join(' ') === standing.options.join(' ');
  const isPlain = standing.members.every((member) => !member.includes(' '));
  if (!isAlike || !isPlain || come.length + go.length > ONE_BY_ONE) return swap(name, wanted);
  // What goes may be a block that what comes is a part of.
  return [...come.map((member) => ipset('add', name, member)), ...go.map((member) => ipset('del', name, member))];
}
