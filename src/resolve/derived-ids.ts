import { eachEntry } from '../topology/entries.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { originalPath } from '../topology/renames.ts';
import { deriveId } from './ids.ts';
import { originAt } from './origin.ts';
import type { DerivedId, ResolvedTopology } from './resolved.ts';

/** Returns the entries of the file that may be renamed and whose ids are derived, section by section. */
export function derivedIds(
  topology: ValidTopology,
  {
    networks,
    routers,
    instances,
    floatingIps,
    forwardedIps,
  }: Pick<ResolvedTopology, 'networks' | 'routers' | 'instances' | 'floatingIps' | 'forwardedIps'>,
  groups: ResolvedTopology['securityGroups'],
): readonly DerivedId[] {
  const { doc } = topology;
  const found: DerivedId[] = [];
  const add = (
    path: readonly string[],
    given: string | undefined,
    id?: string,
    origin = originAt(topology, path),
  ): void => {
    if (given !== undefined) return;
    const original = originalPath(doc, path);
    found.push({ path, original, id: id ?? deriveId(doc.name, original), origin });
  };
  eachEntry(doc.address_scopes, (name) => {
    add(['address_scopes', name], undefined);
  });
  eachEntry(doc.networks, (name, { id, subnets = {} }) => {
    const network = networks.get(name);
    add(['networks', name], id, network?.id);
    for (const subnet of network?.subnets ?? []) {
      add(['networks', name, 'subnets', subnet.name], subnets[subnet.name]?.id, subnet.id);
    }
  });
  eachEntry(doc.routers, (name, { id }) => {
    add(['routers', name], id, routers.get(name)?.id);
  });
  eachEntry(doc.security_groups, (name, { id }) => {
    add(['security_groups', name], id, groups.get(name)?.id);
  });
  eachEntry(doc.instances, (name, { id, ports = {} }) => {
    const instance = instances.get(name);
    add(['instances', name], id, instance?.metadata?.id, instance?.origin);
    for (const port of instance?.ports ?? []) {
      add(['instances', name, 'ports', port.device], ports[port.device]?.id, port.id, port.origin);
    }
  });
  const external = new Map([...floatingIps, ...forwardedIps].map((one) => [one.name, one.id]));
  eachEntry(doc.floating_ips, (name, { id }) => {
    add(['floating_ips', name], id, external.get(name));
  });
  return found;
}
