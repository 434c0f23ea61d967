import type { Trace } from '../../model/trace.ts';

/** The names of the sorts of traces. */
export const SORTS: Readonly<Record<Trace['sort'], { readonly one: string; readonly many: string }>> = {
  namespace: { one: 'namespace', many: 'namespaces' },
  link: { one: 'link', many: 'links' },
  'ovs-row': { one: 'port of Open vSwitch', many: 'ports of Open vSwitch' },
  table: { one: 'table of rules', many: 'tables of rules' },
  'nft-table': { one: 'table of nft', many: 'tables of nft' },
  file: { one: 'file', many: 'files' },
  process: { one: 'process', many: 'processes' },
};

/** Returns the location of a trace: `node/namespace`, as in a plan. */
export function locationOfTrace({ node, netns }: Trace): string {
  return `${node}/${netns ?? '-'}`;
}
