import type { DesiredGraph } from '../../model/graph.ts';
import type { Address } from '../../model/resource.ts';
import { clean } from '../clean.ts';
import { formatValue } from '../plan/value.ts';

/** What a topology sets on a node and destroy does not take back. */
export interface Leftover {
  readonly address: Address;
  readonly what: string;
}

/**
 * What stays after a destroy: the sysctls of the nodes themselves, and the MTU and state of their NICs. They were there
 * before, others may rely on them by now, and what they were before is known to nobody.
 */
export function leftovers(graph: DesiredGraph): readonly Leftover[] {
  return [...graph.resources].flatMap(([address, resource]) => {
    if (resource.netns !== null || resource.spec === null || typeof resource.spec !== 'object') return [];
    const spec = resource.spec as Readonly<Record<string, unknown>>;
    if (resource.kind === 'sysctl') return [{ address: clean(address), what: `stays ${formatValue(spec['value'])}` }];
    if (resource.kind !== 'nic') return [];
    const mtu = spec['mtu'] === undefined ? '' : `, MTU ${formatValue(spec['mtu'])}`;
    return [{ address: clean(address), what: `stays up${mtu}` }];
  });
}
