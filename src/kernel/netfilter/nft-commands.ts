import type { Command } from '../../model/command.ts';
import type { NftChain } from './nft.ts';
import { spoofTable } from './spoof-table.ts';

/**
 * Returns a command of nft(8) for an object of a table of the bridge family; `body` is in nft's language, its words
 * separated by single spaces.
 */
export function nft(action: string, table: string, object: string, body = ''): Command {
  const [sort = '', ...name] = object.split(' ');
  const words = [action, sort, 'bridge', table, ...name, ...body.split(' ')].filter((word) => word !== '');
  return { tool: 'nft', netns: null, words };
}

/** Returns the commands that create a chain with its rules. */
function addChain(table: string, name: string, { declared, rules }: NftChain): readonly Command[] {
  return [
    nft('add', table, `chain ${name}`, declared === '' ? '' : braced(declared)),
    ...rules.map((rule) => nft('add', table, `rule ${name}`, rule)),
  ];
}

/** Returns a text in braces, with the spaces that nft's words need. */
export function braced(text: string): string {
  return `{ ${text} }`;
}

/** Returns the commands that create the table with its sets and chains. */
export function createTable(name: string, spec: { readonly clients: boolean }): readonly Command[] {
  const { sets, chains } = spoofTable(spec);
  return [
    nft('add', name, 'table'),
    ...[...sets].map(([set, declared]) => nft('add', name, `set ${set}`, braced(declared))),
    ...[...chains].flatMap(([chain, parts]) => addChain(name, chain, parts)),
  ];
}
