import type { Observed } from '../../model/resource.ts';
import { addressOf } from '../../model/resource.ts';
import { FORMAT_VERSION } from '../format-version.ts';
import { withoutSecrets } from '../sensitive.ts';
import type { Service } from './services.ts';
import type { NodeState } from './state.ts';

/** Services, what stands of ours, and every object as it was observed, as one JSON document. */
export function showDocument(
  topology: string,
  services: readonly Service[],
  state: readonly NodeState[],
  observed: readonly Observed[],
  diagnostics: readonly object[],
): object {
  const objects = observed.filter((object) => object.owner === 'ours');
  return {
    format_version: FORMAT_VERSION,
    topology,
    services,
    nodes: state,
    objects: objects.map((object) => ({
      address: addressOf(object),
      kind: object.kind,
      spec: withoutSecrets(object.spec),
    })),
    diagnostics,
  };
}
