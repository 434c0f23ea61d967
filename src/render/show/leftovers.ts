import type { DesiredGraph } from '../../model/graph.ts';
import type { Address, Resource } from '../../model/resource.ts';
import { formatValue } from '../plan/value.ts';

/** What a topology sets on a node and destroy does not take back. */
export interface Leftover {
  readonly address: Address;
  readonly what: string;
}

/**
 * What stays after a destroy: the sysctls of the nodes themselves, and the state and MTU of the NICs that were borrowed.
 * They were there before, others may rely on them by now, and what they were before is known to nobody. A sysctl of a
 * device of ours has gone with the device.
 */
export function leftovers(graph: DesiredGraph): readonly Leftover[] {
  const devices = new Set([...graph.resources.values()].flatMap((resource) => devicesOf(resource)));
  return [...graph.resources].flatMap(([address, resource]) => {
    if (resource.netns !== null) return [];
    const spec = fieldsOf(resource.spec);
    if (
      resource.kind === 'sysctl' &&
      !resource.name.split('/').some((part) => devices.has(`${resource.node}/${part}`))
    ) {
      return [{ address, what: `stays ${formatValue(spec['value'])}` }];
    }
    if (resource.kind !== 'nic' || (spec['bridge'] === null && spec['mtu'] === undefined)) return [];
    const mtu = spec['mtu'] === undefined ? '' : `, MTU ${formatValue(spec['mtu'])}`;
    return [{ address, what: `stays up${mtu}` }];
  });
}

/** The devices in a node's own namespace that a resource makes, each after its node. */
function devicesOf({ node, netns, kind, name, spec }: Resource): readonly string[] {
  if (['bridge', 'ovs-bridge', 'tap'].includes(kind) || (kind === 'ovs-internal' && netns === null))
    return [`${node}/${name}`];
  const tap = kind === 'veth' ? fieldsOf(fieldsOf(spec)['tap'])['name'] : undefined;
  return typeof tap === 'string' ? [`${node}/${tap}`] : [];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};
}
