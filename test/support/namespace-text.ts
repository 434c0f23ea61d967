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
  return lines(
    specs<AddressSpec>(resources, 'address').map(
      ([, { device, cidr, broadcast }]) => `${device} ${cidr} brd ${broadcast ?? '-'}`,
    ),
  );
}

/** `DESTINATION via GATEWAY dev DEVICE …`, sorted. */
export function routeText(resources: readonly Resource[]): string {
  return lines(
    specs<RouteSpec>(resources, 'route').map(([name, { nexthops }]) =>
      [
        name,
        ...nexthops.map(({ gateway, device }) => (gateway ? `via ${gateway} dev ${device}` : `dev ${device}`)),
      ].join(' '),
    ),
  );
}

/** The words of the one process, one a line. */
export function commandText(resources: readonly Resource[]): string {
  return specs<ProcessSpec>(resources, 'process')
    .map(([, { argv }]) => argv.join('\n') + '\n')
    .join('');
}

/** The content of the one file of that name. */
export function fileText(graph: DesiredGraph, name: string): string | undefined {
  const files = specs<FileSpec>([...graph.resources.values()], 'file');
  return files.find(([path]) => path.endsWith(`/${name}`))?.[1].content;
}

function specs<Spec>(resources: readonly Resource[], kind: string): readonly (readonly [string, Spec])[] {
  return resources.filter((resource) => resource.kind === kind).map(({ name, spec }) => [name, spec as Spec]);
}

function lines(all: readonly string[]): string {
  return [...all]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}
