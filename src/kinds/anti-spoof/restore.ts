import { braced, createTable, nft } from '../../kernel/netfilter/nft-commands.ts';
import { tableName, type SetName } from '../../kernel/netfilter/spoof-table.ts';
import type { Command } from '../../model/command.ts';
import { desiredAt } from '../../model/graph.ts';
import type { KindContext } from '../../model/kind.ts';
import { nftTableRef } from '../nft-table/spec.ts';
import { elementsFor, type PortElements } from './observe.ts';
import { ANTI_SPOOF, type AntiSpoofSpec } from './spec.ts';

const SETS: readonly SetName[] = ['macs', 'clients', 'sources', 'guarded'];

/** Returns an element with its tap in quotes: a device's name could be a keyword of nft. */
export function quoted(element: string): string {
  return element.replace(/^\S+/, '"$&"');
}

interface Guard {
  readonly name: string;
  readonly spec: AntiSpoofSpec;
}

function guardsOf(objects: Iterable<{ node: string; kind: unknown; name: string; spec: unknown }>, node: string) {
  return [...objects].filter((object) => object.kind === ANTI_SPOOF && object.node === node) as readonly Guard[];
}

function wholeTable(node: string, guards: readonly Guard[], { desired, topology }: KindContext): readonly Command[] {
  const table = tableName(topology);
  const before = desiredAt(desired, nftTableRef(node, topology));
  if (before === undefined) return [];
  const elements = guards.map(({ name, spec }): PortElements => elementsFor(name, spec));
  return [
    nft('add', table, 'table'),
    nft('delete', table, 'table'),
    ...createTable(table, before.spec),
    ...SETS.flatMap((set) => {
      const all = elements.flatMap((one) => one[set]).map(quoted);
      return all.length === 0 ? [] : [nft('add', table, `element ${set}`, braced(all.join(' , ')))];
    }),
  ];
}

interface Tables {
  readonly mixed: readonly Command[];
  readonly last: readonly Command[];
}

const KNOWN = new WeakMap<KindContext, Map<string, Tables>>();

/**
 * Returns the transactions that give the table of a node the content that it had before an apply, whatever it has now:
 * `mixed` still guards the taps that only the apply has created, `last` no longer does. They are made once for all
 * taps.
 */
export function tableAsBefore(node: string, context: KindContext): Tables {
  const nodes = KNOWN.get(context) ?? new Map<string, Tables>();
  KNOWN.set(context, nodes);
  const before = guardsOf(context.desired.resources.values(), node);
  const names = new Set(before.map(({ name }) => name));
  const created = guardsOf(context.reverts?.after.values() ?? [], node).filter(({ name }) => !names.has(name));
  const tables = nodes.get(node) ?? {
    mixed: wholeTable(node, [...before, ...created], context),
    last: wholeTable(node, before, context),
  };
  nodes.set(node, tables);
  return tables;
}
