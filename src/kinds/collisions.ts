import type { Diagnostic } from '../model/diagnostic.ts';
import type { NodeView } from '../model/probe.ts';
import type { AddressUse, ForeignAddress, Segments } from '../model/segments.ts';
import { foreignAddresses } from './foreign-addresses.ts';

/**
 * Returns the foreign addresses on the nodes that were read, which no port may get, by their segment. What has one of
 * these MACs, or that of a port, is no other's: a guest that another program connects, or the entry for a port.
 */
export function takenAddresses(
  views: Iterable<NodeView>,
  segments: Segments,
  topology: string,
  heldMacs: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  const macs = new Set([...heldMacs, ...segments.uses.flatMap(({ mac }) => mac ?? [])]);
  const nics = new Set(segments.uses.flatMap((use) => (use.nic === undefined ? [] : [nicKey(use)])));
  for (const view of views) {
    for (const foreign of foreignAddresses(view, segments, topology)) {
      const { segment, address, mac } = foreign;
      if (mac !== undefined && macs.has(mac)) continue;
      if (foreign.by === 'address' && foreign.netns === null && nics.has(nicKey(foreign))) continue;
      const known = taken.get(segment) ?? new Set();
      taken.set(segment, known.add(address));
    }
  }
  return taken;
}

function nicKey({ segment, node, address }: Pick<AddressUse, 'segment' | 'node' | 'address'>): string {
  return `${segment} ${node} ${address}`;
}

/** Returns an error for each address of the topology that a node which was read has, or states for another MAC. */
export function addressCollisions(
  segments: Segments,
  topology: string,
  views: Iterable<NodeView>,
): readonly Diagnostic[] {
  const foreign = new Map<string, ForeignAddress[]>();
  for (const view of views) {
    for (const one of foreignAddresses(view, segments, topology)) {
      const key = `${one.segment} ${one.address}`;
      const known = foreign.get(key);
      if (known) known.push(one);
      else foreign.set(key, [one]);
    }
  }
  if (foreign.size === 0) return [];
  return segments.uses.flatMap((use) => {
    const rival = foreign.get(`${use.segment} ${use.address}`)?.find((one) => collide(use, one));
    return rival ? [collision(use, rival)] : [];
  });
}

function collide(use: AddressUse, { node, netns, by, mac }: ForeignAddress): boolean {
  if (mac !== undefined && mac === use.mac) return false;
  if (use.nic === undefined) return true;
  // On its own node it is the address of the NIC itself, which the node may have from elsewhere.
  return by !== 'neighbour' && (node !== use.node || netns !== null);
}

function collision(use: AddressUse, rival: ForeignAddress): Diagnostic {
  const { address, by, command, device, mac = '', netns, node, segment, topology } = rival;
  const { range } = use.origin;
  const where = netns === null ? `on ${device}` : `on ${device} in ${netns}`;
  const summary = {
    address: `${use.by} uses ${address}, which ${node} has ${where}`,
    proxy: `${use.by} uses ${address}, for which ${node} answers ${where}`,
    neighbour: `${use.by} uses ${address}, for which ${node} has the MAC ${mac} ${where}`,
  }[by];
  const detail = {
    address: `Two devices would answer for it on ${segment}.`,
    proxy: `Two devices would answer for it on ${segment}: a proxy entry makes the node do it.`,
    neighbour: `${node} would never reach it: the entry is permanent.`,
  }[by];
  return {
    code: by === 'neighbour' ? 'NLP62' : 'NLP61',
    severity: 'error',
    summary: topology === undefined ? summary : `${summary} (topology ${topology})`,
    detail,
    hint: `give ${use.by} another address, or, if ${node} does not need it, on ${node}: ${command}`,
    ...(range && { range }),
    place: { node: use.node },
  };
}
