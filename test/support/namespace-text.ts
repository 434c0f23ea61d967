import type { AddressSpec } from '../../src/kinds/address/spec.ts';
import type { FileSpec } from '../../src/kinds/file/spec.ts';
import type { ProcessSpec } from '../../src/kinds/process/spec.ts';
import type { RouteSpec } from '../../src/kinds/route/spec.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { Resource } from '../../src/model/resource.ts';

/** All that stands in the one namespace whose name begins so. */
export function inNamespace(graph: DesiredGraph, prefix: string): readonly Resource[] {
  return [...graph.resources.values()].filter(({ netns }) => netns?.startsWith(prefix));
}

/** `DEVICE CIDR brd BROADCAST`, sorted. */
export function addressText(resources: readonly Resource[]): string {
  return lines(ofKind(resources, 'address'), ({ spec }) => {
    const { device, cidr, broadcast } = spec as AddressSpec;
    return `${device} ${cidr} brd ${broadcast ?? '-'}`;
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

/** The words of the one process, one a line. */
export function commandText(resources: readonly Resource[]): string {
  return ofKind(resources, 'process')
    .map(({ spec }) => (spec as ProcessSpec).argv.join('\n') + '\n')
    .join('');
}

/** The content of the one file of that name. */
export function fileText(graph: DesiredGraph, name: string): string | undefined {
  const file = ofKind([...graph.resources.values()], 'file').find((one) => one.name.endsWith(`/${name}`));
  return (file?.spec as FileSpec | undefined)?.content;
}

/** Those of one kind. */
export function ofKind(resources: readonly Resource[], kind: string): readonly Resource[] {
  return resources.filter((resource) => resource.kind === kind);
}

function lines(resources: readonly Resource[], line: (resource: Resource) => string): string {
  return resources
    .map((resource) => `${line(resource)}\n`)
    .sort()
    .join('');
}
