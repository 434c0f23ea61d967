import type { Diagnostic } from '../model/diagnostic.ts';
import type { ValidTopology } from '../topology/valid.ts';

/** Returns true if a node is in the lab: `--lab` puts all there, `reach` this one. */
export function inLab(topology: ValidTopology, node: string, lab: boolean): boolean {
  return lab || topology.doc.nodes?.[node]?.reach?.via === 'lab';
}

/** Returns true if all of these nodes are in the lab. */
export function allInLab(topology: ValidTopology, nodes: readonly string[], lab: boolean): boolean {
  return nodes.every((node) => inLab(topology, node, lab));
}

/** Returns an error for each instance that only the lab can run and whose node is not in the lab. */
export function labOnlyInstances(topology: ValidTopology, lab: boolean): readonly Diagnostic[] {
  return Object.entries(topology.doc.instances ?? {})
    .filter(([, instance]) => (instance.attach ?? 'lab') === 'lab' && !inLab(topology, instance.node, lab))
    .map(([name, instance]) => {
      const path = ['instances', name];
      const range = instance.attach === undefined ? topology.locate(path, 'key') : topology.locate([...path, 'attach']);
      return {
        code: 'NLX20',
        severity: 'error',
        summary: `instance ${name} is attached to the lab, and node ${instance.node} is not in the lab`,
        hint: 'use --lab, or write `attach: tap` and let a hypervisor open the tap device',
        ...(range && { range }),
      };
    });
}
