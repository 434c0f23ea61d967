import type { Origin, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const TAP = kindName('tap');

/** A persistent tap device in a node's own namespace, for QEMU or libvirt to open, plugged into a bridge. */
export interface TapSpec {
  readonly mtu: number;
  readonly up: boolean;
  /** Its alias is our mark. */
  readonly marked: boolean;
  /** Empty: in no Linux bridge. */
  readonly bridge: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Returns a tap device. */
export function tap(
  node: string,
  name: string,
  want: { readonly mtu: number; readonly up?: boolean; readonly bridge: string },
  origin: Origin,
): Resource<TapSpec> {
  return { node, netns: null, kind: TAP, name, spec: { up: true, ...want, marked: true, attributes: {} }, origin };
}

/** Returns the bridge that a resource of this kind has a port in, and the port; `undefined` for one of another kind. */
export function tapPort(resource: Resource): { readonly bridge: string; readonly port: string } | undefined {
  if (resource.kind !== TAP) return undefined;
  const { spec, name } = resource as Resource<TapSpec>;
  return { bridge: spec.bridge, port: name };
}
