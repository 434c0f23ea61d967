import type { Diagnostic } from '../model/diagnostic.ts';
import { eachEntry } from '../topology/entries.ts';
import { translationsOf } from '../topology/floating-ips.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import type { Assigned } from './assign.ts';
import type { Draft, Drafts } from './drafts.ts';
import { required } from './required.ts';
import { originAt } from './origin.ts';
import { resolveForwardedIp } from './port-forwardings.ts';
import type { ResolvedTranslation } from './port-forwardings.ts';
import type { ExternalAddress, ResolvedFloatingIp, ResolvedForwardedIp, Placed } from './resolved.ts';
import { natTargets } from './nat-targets.ts';
import type { NatRouter } from './nat-targets.ts';

/** Resolves all floating IPs, in the order of the file: those with one target, and those with port forwardings. */
export function resolveFloatingIps(
  topology: ValidTopology,
  drafts: Drafts,
  assigned: Assigned,
  standing: Placed,
): {
  floatingIps: readonly ResolvedFloatingIp[];
  forwardedIps: readonly ResolvedForwardedIp[];
  diagnostics: readonly Diagnostic[];
} {
  const targetOf = natTargets(topology.doc, drafts, standing);
  const byName = new Map<string, ResolvedTranslation[]>();
  for (const translation of translationsOf(topology.doc)) {
    const resolved = { translation, ...targetOf(translation.floatingIp) };
    const known = byName.get(translation.name);
    if (known === undefined) byName.set(translation.name, [resolved]);
    else known.push(resolved);
  }
  const floatingIps: ResolvedFloatingIp[] = [];
  const forwardedIps: ResolvedForwardedIp[] = [];
  const diagnostics: Diagnostic[] = [];
  eachEntry(topology.doc.floating_ips, (name, spec) => {
    const draft = required(drafts.floatingIps.get(name), `a draft of ${name}`);
    const translations = required(byName.get(name), `a translation of ${name}`);
    const lost = translations.filter(({ router }) => router === undefined);
    diagnostics.push(...lost.map((translation) => noRouter(topology, draft, translation)));
    const first = required(translations[0], `a translation of ${name}`);
    const { router } = first;
    if (lost.length > 0 || router === undefined) return;
    const { address } = required(assigned.fixedIps.get(draft)?.[0], `an address for ${name}`);
    const own = externalAddress(topology, draft, { name, address, router });
    if (spec.port_forwardings === undefined) {
      const { instance } = spec;
      const { address: fixedAddress, subnet } = first.target;
      const target = { fixedAddress, fixedScope: subnet.scope };
      floatingIps.push({ ...own, ...target, ...(instance !== undefined && { instance }) });
      return;
    }
    const forwarded = resolveForwardedIp(topology, own, translations);
    forwardedIps.push(forwarded.resolved);
    diagnostics.push(...forwarded.diagnostics);
  });
  return { floatingIps, forwardedIps, diagnostics };
}

function externalAddress(
  topology: ValidTopology,
  draft: Draft,
  { name, address, router }: { readonly name: string; readonly address: string; readonly router: NatRouter },
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

/** Concerns derived addresses alone: a given one without a router is an error of the topology checks. */
function noRouter(topology: ValidTopology, draft: Draft, { translation, target }: ResolvedTranslation): Diagnostic {
  const external = draft.network.name;
  const { address, subnet } = target;
  const { router } = translation.floatingIp;
  const who = router === undefined ? 'no router connects' : `router ${router} does not connect`;
  const which = router === undefined ? `a router with its gateway on ${external}` : `router ${router}`;
  return diagnose('NLC04', `${who} ${external} with ${address}, the target of floating IP ${translation.name}`, {
    origin: originAt(topology, translation.path),
    other: { message: 'its subnet', origin: subnet.origin },
    hint: `give the instance's port a fixed_ip_address of a subnet that ${which} has an interface on`,
  });
}
