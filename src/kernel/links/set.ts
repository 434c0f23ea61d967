import type { FieldChange } from '../../model/change.ts';
import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import { attributeWords, type Group } from './attributes.ts';

/** Returns `ip link set dev DEVICE …` for the device's namespace. */
export function setLink(netns: Netns, device: string, ...words: readonly string[]): Command {
  return { tool: 'ip', netns, words: ['link', 'set', 'dev', device, ...words] };
}

/** Gives an end of a veth pair its mark; by the same message it leaves the group in which it was created. */
export function setMark(netns: Netns, device: string, mark: string): Command {
  return setLink(netns, device, 'alias', mark, 'group', 'default');
}

/** Makes a link in the node's own namespace a port of this Linux bridge; an empty name removes it from its bridge. */
export function setMaster(device: string, bridge: string): Command {
  return setLink(null, device, ...(bridge === '' ? ['nomaster'] : ['master', bridge]));
}

/** Deletes a link. */
export function deleteLink(netns: Netns, device: string): Command {
  return { tool: 'ip', netns, words: ['link', 'del', 'dev', device] };
}

/** A link, and the groups in which its attributes are looked up, in order. */
interface AttributedLink {
  readonly netns: Netns;
  readonly device: string;
  readonly groups: readonly Group[];
}

/** Sets attributes. */
export function setAttributes(link: AttributedLink, attributes: Readonly<Record<string, string>>): Command[] {
  return Object.entries(attributes).map(([name, value]) => setAttribute(link, name, value));
}

/** Sets attributes to the desired values of the fields `PREFIX.NAME`. Other fields are ignored. */
export function updateAttributes(
  link: AttributedLink,
  differences: readonly FieldChange[],
  prefix = 'attributes',
): Command[] {
  return differences.flatMap(({ field, to }) =>
    field.startsWith(`${prefix}.`)
      ? [setAttribute(link, field.slice(prefix.length + 1), to as string | undefined)]
      : [],
  );
}

function setAttribute({ netns, device, groups }: AttributedLink, name: string, value: string | undefined): Command {
  return setLink(netns, device, ...attributeWords(groups, name, value));
}
