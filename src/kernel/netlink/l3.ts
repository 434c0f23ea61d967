import type { NamespaceProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { neighbourOf, type RawNeighbour } from './neighbour.ts';
import { ruleOf, type RawRule } from './rule.ts';
import { policyOf, stateOf, type RawXfrmPolicy, type RawXfrmState } from './xfrm.ts';

/** The Perl function `l3_tables`, for the program that reads a node. */
export const L3 = programText(new URL('./l3.pl', import.meta.url));

/** Tables of a namespace, as far as l3.pl prints them; `undefined` for one that the kernel does not have. */
export interface L3Tables {
  /** Policy rules of both IP versions, in the kernel's order. */
  readonly rules: readonly RawRule[] | undefined;
  /** Permanent neighbours that no control plane added, and proxy entries. */
  readonly neighbours: readonly RawNeighbour[];
  /** IPsec policies that are not of one socket. */
  readonly policies: readonly RawXfrmPolicy[];
  readonly states: readonly RawXfrmState[];
  /** A daemon of the namespace speaks VRRP, such as keepalived. */
  readonly vrrp: boolean;
}

/** Reads tables that `ip -batch` cannot list in JSON, or of one IP version only (0.3 ms, without a process). */
export const l3Probe: NamespaceProbe<L3Tables> = {
  id: 'l3',
  scope: 'ours',
  read: { l3: 'tables' },
  parse(text) {
    const tables = new Map<string, Buffer[]>();
    for (const line of text.split('\n')) {
      const [table = '', hex] = line.split(' ', 2);
      const messages = tables.get(table) ?? [];
      tables.set(table, messages);
      if (hex !== undefined) messages.push(Buffer.from(hex, 'hex'));
    }
    const read = <T>(table: string, one: (message: Buffer) => T): readonly T[] => (tables.get(table) ?? []).map(one);
    return {
      rules: tables.has('rule') ? read('rule', ruleOf) : undefined,
      neighbours: [...read('neighbour', neighbourOf), ...read('proxy', neighbourOf)],
      policies: read('policy', policyOf),
      states: read('state', stateOf),
      vrrp: tables.has('vrrp'),
    };
  },
};
