import type { Origin, Resource } from '../../model/resource.ts';
export interface AntiSpoofSpec {
  readonly macs: readonly string[];
  readonly sources: readonly { readonly mac: string; readonly cidr: string }[] | 'any';
}
export function antiSpoof(
  { node, device }: { node: string; device: string },
  spec: AntiSpoofSpec,
  origin: Origin,
): Resource<AntiSpoofSpec> {
  return { node, netns: null, kind: 'anti-spoof', name: device, spec, origin };
}
