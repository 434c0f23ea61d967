import type { DesiredGraph } from '../../model/graph.ts';
import type { Topology } from '../../topology/types.gen.ts';
import { clean } from '../clean.ts';
import { count } from '../columns.ts';

/** Returns `topology.yaml is valid: 3 nodes, 2 networks, 1 router, 3 instances, 1 floating IP; 57 objects.` */
export function validSummary(file: string, doc: Topology, graph: DesiredGraph): string {
  const size = (mapping: object | undefined) => Object.keys(mapping ?? {}).length;
  const parts = [
    count(size(doc.nodes), 'node'),
    count(size(doc.networks), 'network'),
    count(size(doc.routers), 'router'),
    count(size(doc.instances), 'instance'),
    count(size(doc.floating_ips), 'floating IP'),
  ];
  return `${clean(file)} is valid: ${parts.join(', ')}; ${count(graph.resources.size, 'object')}.`;
}
