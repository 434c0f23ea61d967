import type { Diagnostic } from '../model/diagnostic.ts';
import { eachEntry } from '../topology/entries.ts';
import { leadsOf } from '../topology/floating-ips.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import type { Assigned } from './assign.ts';
import type { Draft, Drafts } from './drafts.ts';
import { must } from './must.ts';
import { originAt } from './origin.ts';
import { resolveForwardedIp } from './port-forwardings.ts';
import type { LeadWay } from './port-forwardings.ts';
import type { ExternalAddress, ResolvedFloatingIp, ResolvedForwardedIp, Standing } from './resolved.ts';
import { waysBetween } from './ways.ts';
import type { Carrier } from './ways.ts';

/** Every floating IP of the document, in the order of the file: those with a target, and those with port forwardings. */
export function resolveFloatingIps(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  standing: Standing,
): {
  floatingIps: readonly ResolvedFloatingIp[];
  forwardedIps: readonly ResolvedForwardedIp[];
  diagnostics: readonly Diagnostic[];
} {
  const wayOf = waysBetween(topology.doc, drafts, standing);
  const leads = new Map<string, LeadWay[]>();
  for (const lead of leadsOf(topology.doc)) {
    const way = { lead, ...wayOf(lead.floatingIp) };
    const known = leads.get(lead.name);
    if (known === undefined) leads.set(lead.name, [way]);
    else known.push(way);
  }
  const floatingIps: ResolvedFloatingIp[] = [];
  const forwardedIps: ResolvedForwardedIp[] = [];
  const diagnostics: Diagnostic[] = [];
  eachEntry(topology.doc.floating_ips, (name, spec) => {
    const draft = must(drafts.floatingIps.get(name), `a draft of ${name}`);
    const ways = must(leads.get(name), `where ${name} leads`);
    const lost = ways.filter(({ router }) => router === undefined);
    diagnostics.push(...lost.map((way) => noRouter(topology, draft, way)));
    const first = must(ways[0], `a way of ${name}`);
    const { router } = first;
    if (lost.length > 0 || router === undefined) return;
    const { address } = must(assigned.fixedIps.get(draft)?.[0], `an address for ${name}`);
    const own = externalAddress(topology, draft, { name, address, router });
    if (spec.port_forwardings === undefined) {
      const { instance } = spec;
      const { address: fixedAddress, subnet } = first.target;
      const target = { fixedAddress, fixedScope: subnet.scope };
      floatingIps.push({ ...own, ...target, ...(instance !== undefined && { instance }) });
      return;
    }
    const forwarded = resolveForwardedIp(topology, own, ways);
    forwardedIps.push(forwarded.resolved);
    diagnostics.push(...forwarded.diagnostics);
  });
  return { floatingIps, forwardedIps, diagnostics };
}

function externalAddress(
  topology: ValidTopology,
  draft: Draft,
  { name, address, router }: { readonly name: string; readonly address: string; readonly router: Carrier },
): ExternalAddress {
  const { node, netns, gateway } = router;
  return {
    name,
    id: draft.id,
    address,
    router: router.name,
    node,
    netns,
    device: gateway.device,
    origin: originAt(topology, draft.path),
  };
}

/** Only a derived address gets here: a given one without a router is refused with the rest of the file. */
function noRouter(topology: ValidTopology, draft: Draft, { lead, target }: LeadWay): Diagnostic {
  const external = draft.network.name;
  const { address, subnet } = target;
  return diagnose('NLC04', `no router connects ${external} with ${address}, the target of floating IP ${lead.name}`, {
    origin: originAt(topology, lead.path),
    other: { message: 'its subnet', origin: subnet.origin },
    hint: `give the instance's port a fixed_ip_address of a subnet that a router with its gateway on ${external} has an interface on`,
  });
}
