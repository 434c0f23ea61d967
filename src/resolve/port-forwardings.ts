import type { Diagnostic } from '../model/diagnostic.ts';
import type { Translation } from '../topology/floating-ips.ts';
import { externalPorts, internalPorts } from '../topology/port-forwardings.ts';
import { formatPorts } from '../net/ports.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { diagnose } from './diagnose.ts';
import { idAt } from './ids.ts';
import { required } from './required.ts';
import { forwardingChain } from './names.ts';
import { originAt } from './origin.ts';
import type { ExternalAddress, ResolvedForwardedIp, ResolvedPortForwarding } from './resolved.ts';
import type { NatTarget } from './nat-targets.ts';

/** A floating IP or port forwarding with its target and router. */
export interface ResolvedTranslation extends NatTarget {
  readonly translation: Translation;
}

/** Resolves a floating IP with port forwardings, in the order of the file. */
export function resolveForwardedIp(
  topology: ValidTopology,
  own: ExternalAddress,
  translations: readonly ResolvedTranslation[],
): { resolved: ResolvedForwardedIp; diagnostics: readonly Diagnostic[] } {
  const astray = translations.find(({ router }) => router?.name !== own.router);
  return {
    resolved: { ...own, forwardings: translations.map((translation) => resolveForwarding(topology, translation)) },
    diagnostics: astray === undefined ? [] : [twoRouters(topology, own, astray)],
  };
}

function resolveForwarding(
  topology: ValidTopology,
  { translation, target }: ResolvedTranslation,
): ResolvedPortForwarding {
  const { name, path, forwarding: given } = translation;
  const forwarding = required(given, `a port forwarding of ${name}`);
  const { protocol, instance } = forwarding;
  const external = required(externalPorts(forwarding), 'external ports');
  // External ports of one address are unique, so they identify a forwarding independently of its position.
  const own = ['floating_ips', name, 'port_forwardings', `${protocol}-${formatPorts(external, '-')}`];
  const id = forwarding.id ?? idAt(topology.doc, own);
  return {
    id,
    chain: forwardingChain(id),
    protocol,
    external,
    internal: required(internalPorts(forwarding), 'internal ports'),
    fixedAddress: target.address,
    origin: originAt(topology, path),
    ...(instance !== undefined && { instance }),
  };
}

/** Concerns derived addresses alone: given ones are an error of the topology checks. */
function twoRouters(
  topology: ValidTopology,
  own: ExternalAddress,
  { translation, router, target }: ResolvedTranslation,
): Diagnostic {
  const routers = `${own.router} and ${router?.name ?? ''}`;
  const summary = `the port forwardings of floating IP ${own.name} lead through the routers ${routers}`;
  return diagnose('NLC06', summary, {
    origin: originAt(topology, translation.path),
    other: { message: 'the subnet of its target', origin: target.subnet.origin },
    hint: 'a floating IP is on one router; use another floating IP for the other one',
  });
}

/** Finds port forwardings of one router that would share a chain. */
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
      const where = netns === null ? `on ${node}` : `in ${netns} on ${node}`;
      const paths = `${one.origin.path} and ${rival.origin.path}`;
      const summary = `${paths} would both have the chain ${one.chain} ${where}`;
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
