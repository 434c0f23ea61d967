import type { SysctlPath } from '../../kernel/probes/sysctl.ts';
import type { Netns, Origin, RefTo, Resource } from '../../model/resource.ts';
import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const SYSCTL = kindName('sysctl');

/** A kernel parameter. The resource's name is its path below /proc/sys, with slashes (a device name may hold a dot). */
export interface SysctlSpec {
  readonly value: string;
}

interface NamespaceLocation {
  readonly node: string;
  readonly netns: Netns;
}

/** Returns the reference to the kernel parameter of this path. */
export function sysctlRef({ node, netns }: NamespaceLocation, path: SysctlPath): RefTo<SysctlSpec> {
  return { node, netns, kind: SYSCTL, name: path };
}

/** Returns a kernel parameter with a value, such as `net/ipv4/ip_forward` = `1`. */
export function sysctl(
  location: NamespaceLocation,
  path: SysctlPath,
  value: string,
  origin: Origin,
): Resource<SysctlSpec> {
  return { ...sysctlRef(location, path), spec: { value }, origin };
}

export type { SysctlPath };
