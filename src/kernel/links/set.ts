import type { FieldChange } from '../../model/change.ts';
import type { Command } from '../../model/command.ts';
import type { Netns } from '../../model/resource.ts';
import { attributeWords, type Group } from './attributes.ts';

/** `ip link set dev DEVICE …` in the device's namespace. */
export function setLink(netns: Netns, device: string, ...words: readonly string[]): Command {
  return { tool: 'ip', netns, words: ['link', 'set', 'dev', device, ...words] };
}

/** Makes a link of the node a port of this Linux bridge, or of none where the name is empty. */
export function setMaster(device: string, bridge: string): Command {
  return setLink(null, device, ...(bridge === '' ? ['nomaster'] : ['master', bridge]));
}

/** Takes a link away. */
export function deleteLink(netns: Netns, device: string): Command {
  return { tool: 'ip', netns, words: ['link', 'del', 'dev', device] };
}

/** A link, and the groups its attributes are looked for in, in order. */
interface Attributed {
  readonly netns: Netns;
  readonly device: string;
  readonly groups: readonly Group[];
}

/** Gives attributes their values. */
export function setAttributes(link: Attributed, attributes: Readonly<Record<string, string>>): Command[] {
  return Object.entries(attributes).map(([name, value]) => setAttribute(link, name, value));
}

/** Brings attributes to what the differences `PREFIX.NAME` want. Those of any other name are passed over. */
export function alterAttributes(
  link: Attributed,
  differences: readonly FieldChange[],
  prefix = 'attributes',
): Command[] {
  return differences.flatMap(({ field, to }) =>
    field.startsWith(`${prefix}.`)
      ? [setAttribute(link, field.slice(prefix.length + 1), to as string | undefined)]
      : [],
  );
}

function setAttribute({ netns, device, groups }: Attributed, name: string, value: string | undefined): Command {
  return setLink(netns, device, ...attributeWords(groups, name, value));
}
