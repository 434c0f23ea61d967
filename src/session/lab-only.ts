import type { Diagnostic } from '../model/diagnostic.ts';
import type { ValidTopology } from '../topology/valid.ts';

/** True when a node is reached in the lab: because `--lab` says so for all, or the file for this one. */
export function inLab(topology: ValidTopology, node: string, lab: boolean): boolean {
  return lab || topology.doc.nodes?.[node]?.reach?.via === 'lab';
}

/** True when every node is reached in the lab. */
export function allInLab(topology: ValidTopology, lab: boolean): boolean {
  return Object.keys(topology.doc.nodes ?? {}).every((node) => inLab(topology, node, lab));
}

/** Instances that the lab stands in for, on nodes where there is no lab: each an error with its place. */
export function strandedInstances(topology: ValidTopology, lab: boolean): readonly Diagnostic[] {
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
