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
  want: { readonly mtu: number; readonly bridge: string },
  origin: Origin,
): Resource<TapSpec> {
  return { node, netns: null, kind: TAP, name, spec: { ...want, up: true, marked: true, attributes: {} }, origin };
}
