import type { Diagnostic } from '../model/diagnostic.ts';
import type { Held } from '../model/held.ts';
import { parseIp } from '../net/ip.ts';
import type { Ip } from '../net/ip.ts';
import { segmentOf } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { assignAddresses } from './addresses.ts';
import type { AddressSeeker } from './addresses.ts';
import { everyDraft, everyPort } from './drafts.ts';
import type { Draft, Drafts, NetworkDraft } from './drafts.ts';
import { declaredNics } from './declared-nics.ts';
import { exhausted } from './exhausted.ts';
import { assignMacs } from './macs.ts';
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
): { assigned: Assigned; diagnostics: Diagnostic[] } {
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
  for (const [network, members] of byNetwork) {
    const reserved = reservedOn(network, foreign.addresses);
    const result = assignAddresses(members, reserved.keys());
    result.fixedIps.forEach((found, draft) => fixedIps.set(draft, found));
    diagnostics.push(...exhausted(topology, result.unserved, { fixedIps: result.fixedIps, reserved }));
  }
  return { assigned: { macs, fixedIps }, diagnostics };
}

/** Addresses of a network that no port gets, unless it is given one, and why. */
function reservedOn(
  { subnets, spec }: NetworkDraft,
  nics: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<Ip, string> {
  const reserved = new Map<Ip, string>();
  for (const address of nics.get(segmentOf(spec)) ?? []) reserved.set(parseIp(address), 'a NIC in the file has it');
  // A gateway may lie outside its own subnet, and so in the pool of another.
  for (const { subnet } of subnets) {
    if (subnet.gatewayIp !== null) reserved.set(parseIp(subnet.gatewayIp), `it is the gateway_ip of ${subnet.name}`);
  }
  return reserved;
}
