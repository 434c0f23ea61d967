import type { Diagnostic } from '../../model/diagnostic.ts';
import type { KindContext } from '../../model/kind.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Resource } from '../../model/resource.ts';
import {
  certainDrop,
  gatesAt,
  possibleDrops,
  type Drop,
  type Filters,
  type Hook,
} from '../../kernel/filters/filters.ts';
import { foreignFiltersProbe } from '../../kernel/filters/foreign-filters.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { ipProbe } from '../../kernel/probes/ip.ts';
import { hintOf } from './forwarding-hint.ts';
import { filterJump, rulesBeforeOurs } from './own-forward.ts';
import { bridgedPackets, desiredPorts } from './packets.ts';
import { BRIDGE, type BridgeSpec } from './spec.ts';

const HOOKS: readonly Hook[] = ['prerouting', 'forward', 'postrouting'];

/** A rule that drops what a bridge forwards, for one class of packets. */
interface Dropped extends Drop {
  readonly packet: Packet;
}

/**
 * Reports what drops new connections between the ports of a bridge: any iptables, any nft table. All TCP or UDP of an
 * IP version is an error; a part of it, or what cannot be evaluated, is a warning, once for all bridges of the node.
 */
export function forwardingDropped(
  { node, name, spec, origin }: Resource<BridgeSpec>,
  context: KindContext,
): readonly Diagnostic[] {
  const view = context.view(node);
  const { certain, possible } = dropsOn(name, spec, node, context);
  const at = { place: { node }, ...(origin.range && { range: origin.range }) };
  const serious = certain.find(({ packet }) => packet.protocol !== 'icmp');
  if (serious) {
    const { gate, rule, packet } = serious;
    const what = certain.length === 1 ? ` (${packet.protocol?.toUpperCase() ?? ''})` : '';
    const isIptables = gate.program !== 'nft';
    return [
      {
        code: 'NLP04',
        severity: 'error',
        summary: `${node} would drop what ${name} forwards${what}: ${rule}`,
        detail:
          gate.family === 'bridge'
            ? 'A table of the bridge family sees every frame that a bridge forwards, and this rule matches them.'
            : `br_netfilter passes bridged frames to ${isIptables ? 'iptables' : 'the tables of nft'} ` +
              `(net.bridge.bridge-nf-call-${packet.family === 6 ? 'ip6' : 'ip'}tables = 1), ` +
              'and this rule matches them.',
        hint: hintOf(serious, name, nodeFilters(view), filterJump(node, packet.family, context) !== undefined, node),
        ...at,
      },
    ];
  }
  const rules = [...new Set([...certain, ...possible].map(({ rule }) => rule))];
  const unreadable = view?.get(foreignFiltersProbe)?.unreadable ?? [];
  if ((rules.length === 0 && unreadable.length === 0) || !isFirstBridge(node, name, context)) return [];
  const more = rules.length > 3 ? `; and ${String(rules.length - 3)} more` : '';
  return [
    {
      code: 'NLP33',
      severity: 'warning',
      summary:
        rules.length === 0
          ? `${unreadable.join(', ')} of ${node} can't be read, and may drop what ${name} forwards`
          : `${node} may drop some of what its bridges forward: ${rules.slice(0, 3).join('; ')}${more}`,
      detail:
        'These rules match some of the packets between ports of ours, or netloom cannot tell which: security groups ' +
        'do not decide about those.',
      ...at,
    },
  ];
}

function dropsOn(
  name: string,
  { macOf }: BridgeSpec,
  node: string,
  context: KindContext,
): { readonly certain: readonly Dropped[]; readonly possible: readonly Dropped[] } {
  const view = context.view(node);
  const filters = nodeFilters(view);
  const links = namespaceView(view, null)?.get(ipProbe)?.links ?? [];
  const present = links.flatMap(({ ifname, master }) => (master === name ? [ifname] : []));
  const ports = [
    ...new Set([...present, ...desiredPorts(context.desired, node, name), ...(macOf === undefined ? [] : [macOf])]),
  ];
  const before: Filters = {
    ...filters,
    iptables: {
      4: rulesBeforeOurs(filters.iptables[4], node, 4, context),
      6: rulesBeforeOurs(filters.iptables[6], node, 6, context),
    },
  };
  const nf = view?.get(bridgeNfProbe);
  const certain: Dropped[] = [];
  const possible: Dropped[] = [];
  for (const packet of bridgedPackets(context.desired, name, ports)) {
    const passesIp = (packet.family === 6 ? nf?.ip6tables : nf?.iptables) === true;
    const gates = HOOKS.flatMap((hook) => gatesAt(hook, packet, before, passesIp));
    const drop = certainDrop(gates);
    if (drop) certain.push({ ...drop, packet });
    else possible.push(...possibleDrops(gates).map((one) => ({ ...one, packet })));
  }
  return { certain, possible };
}

function isFirstBridge(node: string, name: string, { desired }: KindContext): boolean {
  for (const one of desired.resources.values()) if (one.kind === BRIDGE && one.node === node) return one.name === name;
  return false;
}
