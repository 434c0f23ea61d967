import type { Answer, Client } from './client.ts';
import { EC2_VERSIONS } from './versions.ts';

/** The answers of EC2's metadata service: a value for each path, and for a folder its entries, one per line. */
export function* ec2(client: Client): Generator<Answer> {
  const { metadata } = client;
  const values = valuesOf(client);
  const keys = metadata.publicKeys;
  yield text('versions', EC2_VERSIONS.join('\n'), ['']);
  yield text('version', ['meta-data/', ...(metadata.userData ? ['user-data'] : [])].join('\n'), below(''));
  const names = [...values.flatMap(([own]) => own), ...(keys.length > 0 ? ['public-keys/'] : [])].sort();
  yield text('meta-data', names.join('\n'), below('/meta-data'));
  for (const [own, value] of values) {
    const paths = own.flatMap((name) => below(`/meta-data/${name}`));
    yield text(own[0] ?? '', value, paths);
  }
  if (keys.length === 0) return;
  const list = keys.map(({ name }, index) => `${String(index)}=${name}`).join('\n');
  yield text('public-keys', list, below('/meta-data/public-keys'));
  const folders = keys.flatMap((_, index) => below(`/meta-data/public-keys/${String(index)}`));
  yield text('public-key', 'openssh-key', folders);
  for (const [index, { key }] of keys.entries()) {
    yield text(`public-key-${String(index)}`, key, below(`/meta-data/public-keys/${String(index)}/openssh-key`));
  }
}

/** Values, each with its path names. */
function valuesOf({
  instance,
  metadata,
  publicAddress,
}: Client): readonly (readonly [names: readonly string[], value: string])[] {
  const own = instance.ports.flatMap(({ fixedIps }) => fixedIps)[0]?.address;
  return [
    [['hostname', 'local-hostname', 'public-hostname'], metadata.hostname],
    [['instance-id'], metadata.id],
    ...(own === undefined ? [] : [[['local-ipv4'], own] as const]),
    ...(publicAddress === undefined ? [] : [[['public-ipv4'], publicAddress] as const]),
  ];
}

function text(file: string, content: string, paths: readonly string[]): Answer {
  return { file: `ec2-${file}`, type: 'text', content, paths };
}

/** Returns a path in every version. */
function below(path: string): readonly string[] {
  return EC2_VERSIONS.map((version) => `/${version}${path}`);
}
