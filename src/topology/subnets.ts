import { BlockMap } from '../net/block-map.ts';
import { parseBlock } from '../net/block.ts';
import type { Block } from '../net/block.ts';
import { gatewayOf } from './defaults.ts';
import { eachEntry } from './entries.ts';
import { perDocument } from './per-document.ts';
import type { Network, Subnet, Topology } from './types.gen.ts';

/** A subnet with the network it belongs to. */
export interface LocatedSubnet {
  readonly name: string;
  readonly subnet: Subnet;
  readonly block: Block;
  readonly gateway: string | undefined;
  readonly networkName: string;
  readonly network: Network;
}

/** The subnets of one network, in the order of the file, and by their addresses. */
export interface NetworkSubnets {
  readonly places: readonly LocatedSubnet[];
  readonly blocks: BlockMap<LocatedSubnet>;
}

const NONE: NetworkSubnets = { places: [], blocks: new BlockMap() };

const byNetwork = perDocument((doc): ReadonlyMap<string, NetworkSubnets> => {
  const networks = new Map<string, NetworkSubnets>();
  eachEntry(doc.networks, (networkName, network) => {
    const places: LocatedSubnet[] = [];
    const blocks = new BlockMap<LocatedSubnet>();
    eachEntry(network.subnets, (name, subnet) => {
      const block = parseBlock(subnet.cidr);
      const place: LocatedSubnet = { name, subnet, block, gateway: gatewayOf(subnet), networkName, network };
      places.push(place);
      blocks.add(block, place);
    });
    networks.set(networkName, { places, blocks });
  });
  return networks;
});

/** The subnets of a network; none if it is not in the file. */
export function subnetsIn(doc: Topology, network: string | undefined): NetworkSubnets {
  return network === undefined ? NONE : (byNetwork(doc).get(network) ?? NONE);
}

/** All subnets of the file, in its order. */
export const subnetsOf = perDocument((doc): readonly LocatedSubnet[] =>
  [...byNetwork(doc).values()].flatMap(({ places }) => places),
);

/** The subnets of a document by name. */
export type Subnets = ReadonlyMap<string, LocatedSubnet>;

/** The subnets by name; of two with the same name, the first. */
export const subnetsByName = perDocument((doc): Subnets => {
  const subnets = new Map<string, LocatedSubnet>();
  for (const place of subnetsOf(doc)) if (!subnets.has(place.name)) subnets.set(place.name, place);
  return subnets;
});
