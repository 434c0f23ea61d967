import type { Answer, Client } from './client.ts';
import { networkData } from './network-data.ts';
import { OPENSTACK_VERSIONS } from './versions.ts';

/** Nova's answers below /openstack: JSON documents, and for a folder its entries, one per line. */
export function* openstack(client: Client): Generator<Answer> {
  const documents: readonly (readonly [names: readonly string[], document: object])[] = [
    [['meta_data.json'], metaData(client)],
    [['network_data.json'], networkData(client)],
    [['vendor_data.json', 'vendor_data2.json'], {}],
  ];
  const names = [...documents.flatMap(([own]) => own), ...(client.metadata.userData ? ['user_data'] : [])].sort();
  yield { file: 'openstack-versions', type: 'text', content: OPENSTACK_VERSIONS.join('\n'), paths: ['/openstack'] };
  yield { file: 'openstack-version', type: 'text', content: names.join('\n'), paths: below('') };
  for (const [own, document] of documents) {
    const paths = own.flatMap((name) => below(`/${name}`));
    yield { file: own[0] ?? '', type: 'json', content: `${JSON.stringify(document)}\n`, paths };
  }
}

function metaData({ instance, metadata }: Client): object {
  const { id, hostname, publicKeys } = metadata;
  return {
    uuid: id,
    name: instance.name,
    hostname,
    availability_zone: 'nova',
    launch_index: 0,
    ...(publicKeys.length > 0 && {
      public_keys: Object.fromEntries(publicKeys.map(({ name, key }) => [name, key])),
      keys: publicKeys.map(({ name, key }) => ({ name, type: 'ssh', data: key })),
    }),
    devices: [],
  };
}

/** Returns a path in every version. */
function below(path: string): readonly string[] {
  return OPENSTACK_VERSIONS.map((version) => `/openstack/${version}${path}`);
}
