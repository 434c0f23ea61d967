import { userDataOf } from '../topology/user-data.ts';
import type { Metadata } from '../topology/types.gen.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { idAt } from './ids.ts';
import type { ResolvedMetadata } from './resolved.ts';

/** Resolves the metadata of an instance. */
export function resolveMetadata(
  topology: ValidTopology,
  instance: string,
  spec: Metadata,
  givenId: string | undefined,
): ResolvedMetadata {
  const userData = userDataOf(spec, topology.userData.get(instance));
  return {
    id: givenId ?? idAt(topology.doc, ['instances', instance]),
    hostname: spec.hostname ?? hostnameOf(instance),
    publicKeys: Object.entries(spec.public_keys ?? {}).map(([name, key]) => ({ name, key })),
    // Nova treats empty user data as none.
    userData: userData?.length === 0 ? undefined : userData,
  };
}

/** The host name that Nova derives from an instance's name. */
function hostnameOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/[.-]+$/, '');
}
