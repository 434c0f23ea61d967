import type { Command } from '../../model/command.ts';
import type { NftChain } from './nft.ts';

/**
 * A command of nft(8) about an object of a table of the bridge family; `body` is in nft's language, with a space around
 * everything.
 */
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

/** What stands between braces. */
export function braced(text: string): string {
  return `{ ${text} }`;
}
