import type { Command } from '../../model/command.ts';
import type { NftChain } from './nft.ts';

/** A command of nft(8) about an object of a table of the bridge family; `body` is in nft's language, with a space around everything. */
export function nft(action: string, table: string, object: string, body = ''): Command {
  const [sort = '', ...name] = object.split(' ');
  const words = [action, sort, 'bridge', table, ...name, ...body.split(' ')].filter((word) => word !== '');
  return { tool: 'nft', netns: null, words };
}

/** The commands that make a chain with its rules. */
export function addChain(table: string, name: string, { declared, rules }: NftChain): readonly Command[] {
  return [
    nft('add', table, `chain ${name}`, declared === '' ? '' : braced(declared)),
    ...rules.map((rule) => nft('add', table, `rule ${name}`, rule)),
  ];
}

/** The commands that make a set, with its elements if there are any. */
export function addSet(
  table: string,
  object: string,
  declared: string,
  elements: readonly string[] = [],
): readonly Command[] {
  return [nft('add', table, object, braced(declared)), ...addElements(table, object, elements)];
}

/** The command that adds elements to a set or a map; none where there is nothing to add. */
export function addElements(table: string, object: string, elements: readonly string[]): readonly Command[] {
  if (elements.length === 0) return [];
  return [nft('add', table, `element ${object.slice(object.indexOf(' ') + 1)}`, braced(elements.join(' , ')))];
}

/** What stands between braces. */
export function braced(text: string): string {
  return `{ ${text} }`;
}
