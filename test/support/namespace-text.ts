import { kindWord } from '../../src/model/resource.ts';
import type { AddressSpec } from '../../src/kinds/address/spec.ts';
import type { FileSpec } from '../../src/kinds/file/spec.ts';
import type { ProcessSpec } from '../../src/kinds/process/spec.ts';
import type { RouteSpec } from '../../src/kinds/route/spec.ts';
import type { SysctlSpec } from '../../src/kinds/sysctl/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Resource } from '../../src/model/resource.ts';

/**
 * Returns the resources in the namespace whose name has this prefix, or in the node's own namespace if the prefix is a
 * node's name.
 */
export function inNamespace(graph: DesiredGraph, prefix: string): readonly Resource[] {
  return [...graph.resources.values()].filter(({ node, netns }) =>
    netns === null ? node === prefix : netns.startsWith(prefix),
  );
}

/** `DEVICE CIDR brd BROADCAST`, sorted. */
export function addressText(resources: readonly Resource[]): string {
  return lines(ofKind(resources, 'address'), ({ spec }) => {
    const { device, cidr, broadcast } = spec as AddressSpec;
    return [device, cidr, ...(broadcast === undefined ? [] : ['brd', broadcast])].join(' ');
  });
}

/** `DESTINATION via GATEWAY dev DEVICE …`, sorted. */
export function routeText(resources: readonly Resource[]): string {
  return lines(ofKind(resources, 'route'), ({ name, spec }) => {
    const { nexthops } = spec as RouteSpec;
    const hops = nexthops.map(({ gateway, device }) => (gateway ? `via ${gateway} dev ${device}` : `dev ${device}`));
    return [name, ...hops].join(' ');
  });
}

/** Returns routes as `ip route show` prints them, but sorted and without the kernel's own. */
export function ipRouteText(resources: readonly Resource[]): string {
  return lines(ofKind(resources, 'route'), ({ name, spec }) => {
    const { nexthops, protocol, scope } = spec as RouteSpec;
    const hops = nexthops.map(({ gateway, device }) => `${gateway ? `via ${gateway} ` : ''}dev ${device}`);
    const attributes = `proto ${protocol}${scope === 'global' ? '' : ` scope ${scope}`}`;
    if (hops.length === 1) return `${name} ${hops[0] ?? ''} ${attributes}`;
    return [`${name} ${attributes}`, ...hops.map((hop) => `\tnexthop ${hop} weight 1`)].join('\n');
  });
}

/** `NAME=VALUE` as `sysctl -w` takes it, sorted; `without` are paths to leave out. */
export function sysctlText(resources: readonly Resource[], without: readonly string[]): string {
  const others = ofKind(resources, 'sysctl').filter(({ name }) => !without.includes(name));
  return lines(others, ({ name, spec }) => `${name.replaceAll('/', '.')}=${(spec as SysctlSpec).value}`);
}

/** Returns the words of the only process, one per line. */
export function commandText(resources: readonly Resource[]): string {
  return ofKind(resources, 'process')
    .map(({ spec }) => (spec as ProcessSpec).argv.join('\n') + '\n')
    .join('');
}

/** Returns the content of the only file of that name. */
export function fileText(graph: DesiredGraph, name: string): string | undefined {
  const file = ofKind([...graph.resources.values()], 'file').find((one) => one.name.endsWith(`/${name}`));
  return (file?.spec as FileSpec | undefined)?.content;
}

/** Returns the resources of one kind. */
export function ofKind(resources: readonly Resource[], kind: string): readonly Resource[] {
  return resources.filter((resource) => kindWord(resource.kind) === kind);
}

function lines(resources: readonly Resource[], line: (resource: Resource) => string): string {
  return resources
    .map((resource) => `${line(resource)}\n`)
    .sort()
    .join('');
}
