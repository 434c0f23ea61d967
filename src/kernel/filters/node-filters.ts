import { namespaceView, type NodeView } from '../../model/probe.ts';
import { iptablesSaveProbes } from '../netfilter/iptables-save.ts';
import type { Filters } from './filters.ts';
import { foreignFiltersProbe } from './foreign-filters.ts';

/** The probes that `nodeFilters` uses. */
export const FILTER_PROBES = [iptablesSaveProbes[4], iptablesSaveProbes[6], foreignFiltersProbe] as const;

/** Returns all that filters packets in a node's own namespace. */
export function nodeFilters(view: NodeView | undefined): Filters {
  const own = namespaceView(view, null);
  return {
    iptables: { 4: own?.get(iptablesSaveProbes[4]), 6: own?.get(iptablesSaveProbes[6]) },
    foreign: view?.get(foreignFiltersProbe),
  };
}
