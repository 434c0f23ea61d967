import type { Diagnostic } from '../model/diagnostic.ts';
import type { Held } from '../model/held.ts';
import { segmentOf } from '../topology/defaults.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import { assignAddresses } from './addresses.ts';
import type { AddressSeeker } from './addresses.ts';
import { everyDraft, everyPort } from './drafts.ts';
import type { Draft, Drafts, NetworkDraft } from './drafts.ts';
import { declaredNics } from './declared-nics.ts';
import { assignMacs } from './macs.ts';
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
    // A gateway may lie outside its own subnet, and so in the pool of another.
    const gateways = network.subnets.flatMap(({ subnet }) => subnet.gatewayIp ?? []);
    const elsewhere = foreign.addresses.get(segmentOf(network.spec)) ?? [];
    const result = assignAddresses(members, [...elsewhere, ...gateways]);
    result.fixedIps.forEach((found, draft) => fixedIps.set(draft, found));
    diagnostics.push(...result.unserved.map((draft) => exhausted(topology, draft)));
  }
  return { assigned: { macs, fixedIps }, diagnostics };
}

function exhausted(topology: ValidTopology, { path, network }: Draft): Diagnostic {
  const own = originAt(topology, path);
  // A DHCP port the file says nothing of is its network's.
  const origin = own.range ? own : originAt(topology, path.slice(0, -1));
  const summary = `no free address is left for ${own.path} in the allocation pools of network ${network.name}`;
  const subnets = originAt(topology, ['networks', network.name, 'subnets']);
  const other = { message: 'its subnets are here', origin: subnets };
  return diagnose('NLC01', summary, { origin, other, hint: 'widen allocation_pools or give an address outside them' });
}
