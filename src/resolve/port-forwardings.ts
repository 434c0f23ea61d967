import type { Diagnostic } from '../model/diagnostic.ts';
import type { Lead } from '../topology/floating-ips.ts';
import { externalPorts, internalPorts } from '../topology/port-forwardings.ts';
import { formatPorts } from '../net/ports.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import { deriveId } from './ids.ts';
import { must } from './must.ts';
import { forwardingChain } from './names.ts';
import { originAt } from './origin.ts';
import type { ExternalAddress, ResolvedForwardedIp, ResolvedPortForwarding } from './resolved.ts';
import type { Way } from './ways.ts';

/** Where one thing said of a floating IP leads. */
export interface LeadWay extends Way {
  readonly lead: Lead;
}

/** An address with port forwardings, in the order of the file. */
export function resolveForwardedIp(
  topology: ValidTopology,
  own: ExternalAddress,
  ways: readonly LeadWay[],
): { resolved: ResolvedForwardedIp; diagnostics: readonly Diagnostic[] } {
  const astray = ways.find(({ router }) => router?.name !== own.router);
  return {
    resolved: { ...own, forwardings: ways.map((way) => resolveForwarding(topology, way)) },
    diagnostics: astray === undefined ? [] : [twoRouters(topology, own, astray)],
  };
}

function resolveForwarding(topology: ValidTopology, { lead, target }: LeadWay): ResolvedPortForwarding {
  const { name, path, forwarding: given } = lead;
  const forwarding = must(given, `a port forwarding of ${name}`);
  const { protocol, instance } = forwarding;
  const external = must(externalPorts(forwarding), 'external ports');
  // No two of an address share a port, so this names one of them, wherever in the list it stands.
  const own = ['floating_ips', name, 'port_forwardings', `${protocol}-${formatPorts(external, '-')}`];
  const id = forwarding.id ?? deriveId(topology.doc.name, own);
  return {
    id,
    chain: forwardingChain(id),
    protocol,
    external,
    internal: must(internalPorts(forwarding), 'internal ports'),
    fixedAddress: target.address,
    origin: originAt(topology, path),
    ...(instance !== undefined && { instance }),
  };
}

/** Only derived addresses get here: given ones are refused with the rest of the file. */
function twoRouters(topology: ValidTopology, own: ExternalAddress, { lead, router, target }: LeadWay): Diagnostic {
  const summary = `the port forwardings of floating IP ${own.name} lead through the routers ${own.router} and ${router?.name ?? ''}`;
  return diagnose('NLC06', summary, {
    origin: originAt(topology, lead.path),
    other: { message: 'the subnet of its target', origin: target.subnet.origin },
    hint: 'an address stands on one router; take another floating IP for the other one',
  });
}

/** Port forwardings of one router that would share a chain. */
export function findChainCollisions(forwardedIps: readonly ResolvedForwardedIp[]): readonly Diagnostic[] {
  const first = new Map<string, ResolvedPortForwarding>();
  const diagnostics: Diagnostic[] = [];
  for (const { node, netns, forwardings } of forwardedIps) {
    for (const one of forwardings) {
      const key = `${node}/${netns ?? '-'}/${one.chain}`;
      const rival = first.get(key);
      if (rival === undefined) {
        first.set(key, one);
        continue;
      }
      const summary = `${one.origin.path} and ${rival.origin.path} would both have the chain ${one.chain} ${netns === null ? '' : `in ${netns} `}on ${node}`;
      diagnostics.push(
        diagnose('NLC05', summary, {
          origin: one.origin,
          other: { message: 'the other is here', origin: rival.origin },
          place: { node, ...(netns !== null && { netns }) },
          hint: 'Neutron keeps 8 characters of the id in the name of the chain; give one of the two another id',
        }),
      );
    }
  }
  return diagnostics;
}
