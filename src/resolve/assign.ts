import type { Diagnostic } from '../model/diagnostic.ts';
import type { Held } from '../model/held.ts';
import { parseIp } from '../net/ip.ts';
import type { Ip } from '../net/ip.ts';
import { segmentOf } from '../topology/defaults.ts';
import { nextHopsOf } from '../topology/next-hops.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { assignAddresses } from './addresses.ts';
import type { AddressSeeker } from './addresses.ts';
import { everyDraft, everyPort } from './drafts.ts';
import type { Draft, Drafts, NetworkDraft } from './drafts.ts';
import { declaredNics } from './declared-nics.ts';
import { exhausted } from './exhausted.ts';
import { assignMacs } from './macs.ts';
import type { Moved } from './moved.ts';
import { originAt } from './origin.ts';
import type { FixedIp } from './resolved.ts';

/** The assigned MACs, by port id, and addresses. */
export interface Assigned {
  readonly macs: ReadonlyMap<string, string>;
  readonly fixedIps: ReadonlyMap<AddressSeeker, readonly FixedIp[]>;
}

/** Assigns MACs and addresses in the whole topology. */
export function assign(
  topology: ValidTopology,
  drafts: Drafts,
  held: Held,
): { assigned: Assigned; moved: readonly Moved[]; diagnostics: readonly Diagnostic[] } {
  const foreign = declaredNics(topology.doc);
  const macs = assignMacs([...everyPort(drafts)], foreign.macs, held.ports);
  const byNetwork = new Map<NetworkDraft, Draft[]>();
  for (const draft of everyDraft(drafts)) {
    const members = byNetwork.get(draft.network);
    if (members) members.push(draft);
    else byNetwork.set(draft.network, [draft]);
  }
  const fixedIps = new Map<AddressSeeker, readonly FixedIp[]>();
  const diagnostics: Diagnostic[] = [];
  const moved: Moved[] = [];
  const avoided = new Set(nextHopsOf(topology.doc).map(parseIp));
  for (const [network, members] of byNetwork) {
    const { subnets } = network;
    const reserved = reservedOn(network, foreign.addresses, held.taken);
    const result = assignAddresses(members, { subnets, held: held.ports, reserved, avoided });
    moved.push(...result.moved.map(({ seeker, ...move }) => ({ ...move, origin: originAt(topology, seeker.path) })));
    result.fixedIps.forEach((found, draft) => fixedIps.set(draft, found));
    diagnostics.push(...exhausted(topology, result.unserved, { fixedIps: result.fixedIps, reserved }));
  }
  return { assigned: { macs, fixedIps }, moved, diagnostics };
}

/** Addresses of a network that no port gets, unless it is given one, and why. */
function reservedOn(
  { subnets, spec }: NetworkDraft,
  nics: ReadonlyMap<string, readonly string[]>,
  taken: Held['taken'],
): ReadonlyMap<Ip, string> {
  const segment = segmentOf(spec);
  const reserved = new Map<Ip, string>();
  for (const address of taken.get(segment) ?? []) reserved.set(parseIp(address), 'another host on the wire has it');
  for (const address of nics.get(segment) ?? []) reserved.set(parseIp(address), 'a NIC in the file has it');
  // A gateway may lie outside its own subnet, and so in the pool of another.
  for (const { subnet } of subnets) {
    if (subnet.gatewayIp !== null) reserved.set(parseIp(subnet.gatewayIp), `it is the gateway_ip of ${subnet.name}`);
  }
  return reserved;
}
