import { kindOf } from '../kinds/registry.ts';
import type { DesiredGraph } from '../model/graph.ts';
import { addressOf, type Address, type Ref, type Resource } from '../model/resource.ts';

/** An object with its spec, which may have the secret that a sealed one lacks. */
type Candidate = Ref & { readonly spec: unknown };

/** Returns a graph in which the secrets that were sealed are those of the candidates at the same addresses. */
export function withSecrets(graph: DesiredGraph, candidates: readonly Candidate[]): DesiredGraph {
  const byAddress = new Map<Address, Candidate[]>();
  for (const candidate of candidates) {
    const address = addressOf(candidate);
    byAddress.set(address, [...(byAddress.get(address) ?? []), candidate]);
  }
  const opened = (resource: Resource): Resource => {
    const kind = kindOf(resource.kind);
    const specs = kind.isSealed?.(resource.spec) === true ? (byAddress.get(addressOf(resource)) ?? []) : [];
    const spec = specs.map((each) => kind.opened?.(resource.spec, each.spec)).find((each) => each !== undefined);
    return spec === undefined ? resource : { ...resource, spec };
  };
  return { ...graph, resources: new Map([...graph.resources].map(([at, resource]) => [at, opened(resource)])) };
}

/** Returns true if a resource lacks its secret, so that it cannot be written. */
export function isSealed({ kind, spec }: Resource): boolean {
  return kindOf(kind).isSealed?.(spec) === true;
}
