import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const OVS_PATCH = kindName('ovs-patch');

/** One end of a patch. */
export interface PatchEnd {
  readonly bridge: string;
  /** The VLAN it is an access port of; `null`: a trunk. */
  readonly tag: number | null;
}

/** A pair of patch ports that joins two bridges. The resource has the name of the first end. */
export interface OvsPatchSpec extends PatchEnd {
  readonly peer: PatchEnd & { readonly name: string };
  /** Both ends carry our mark. */
  readonly marked: boolean;
}

/** Returns a patch between two bridges of a node. */
export function ovsPatch(
  node: string,
  name: string,
  want: PatchEnd & { readonly peer: PatchEnd & { readonly name: string } },
  origin: Origin,
): Resource<OvsPatchSpec> {
  return { node, netns: null, kind: OVS_PATCH, name, spec: { ...want, marked: true }, origin };
}
