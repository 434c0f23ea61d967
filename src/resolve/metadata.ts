import { userDataOf } from '../topology/user-data.ts';
import type { Metadata } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { deriveId } from './ids.ts';
import type { ResolvedMetadata } from './resolved.ts';

/** What an instance is told of itself. */
export function resolveMetadata(topology: ValidTopology, instance: string, spec: Metadata): ResolvedMetadata {
  const userData = userDataOf(spec, topology.userData.get(instance));
  return {
    id: deriveId(topology.doc.name, ['instances', instance]),
    hostname: spec.hostname ?? hostnameOf(instance),
    publicKeys: Object.entries(spec.public_keys ?? {}).map(([name, key]) => ({ name, key })),
    // Nova takes empty user data for none.
    userData: userData?.length === 0 ? undefined : userData,
  };
}

/** A name as Nova makes a host name of it. */
function hostnameOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/[.-]+$/, '');
}
