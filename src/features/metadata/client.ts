import type { FixedIp, ResolvedInstance, ResolvedMetadata, ResolvedTopology } from '../../resolve/resolved.ts';

/** An instance with metadata, and what the topology adds to it. */
export interface Client {
  readonly instance: ResolvedInstance;
  readonly metadata: ResolvedMetadata;
  /** Its first floating IP. */
  readonly publicAddress: string | undefined;
  /** Ids of the networks, by name. */
  readonly networkIds: ReadonlyMap<string, string>;
}

/** An answer: a file, and the request paths that it answers, without a trailing slash. */
export interface Answer {
  readonly file: string;
  readonly type: 'text' | 'json' | 'bytes';
  readonly content: string | Uint8Array;
  /** For the guest alone: no other user of the node may read the file, and plans do not show it. */
  readonly secret?: true;
  readonly paths: readonly string[];
}

/** An address of a client from which requests may come, on a network. */
export interface Source {
  readonly client: Client;
  readonly network: string;
  readonly fixedIp: FixedIp;
}

/** Returns the addresses of all instances with metadata, in the order of the file. */
export function sourcesOf({ instances, networks, floatingIps }: ResolvedTopology): readonly Source[] {
  const networkIds = new Map([...networks.values()].map(({ name, id }) => [name, id]));
  const publicAddresses = new Map<string, string>();
  for (const { instance, address } of floatingIps) {
    if (instance !== undefined && !publicAddresses.has(instance)) publicAddresses.set(instance, address);
  }
  return [...instances.values()].flatMap((instance) => {
    const { metadata, ports } = instance;
    if (metadata === undefined) return [];
    const publicAddress = publicAddresses.get(instance.name);
    const client: Client = { instance, metadata, publicAddress, networkIds };
    return ports.flatMap(({ network, fixedIps }) => fixedIps.map((fixedIp) => ({ client, network, fixedIp })));
  });
}

/** Returns sources by what `keyOf` says, each list in the same order. */
export function sourcesBy(
  sources: readonly Source[],
  keyOf: (source: Source) => string,
): ReadonlyMap<string, readonly Source[]> {
  const found = new Map<string, Source[]>();
  for (const source of sources) {
    const key = keyOf(source);
    const known = found.get(key);
    if (known) known.push(source);
    else found.set(key, [source]);
  }
  return found;
}
