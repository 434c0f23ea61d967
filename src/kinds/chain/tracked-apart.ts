import type { Change } from '../../model/change.ts';
import type { KindContext } from '../../model/kind.ts';
import type { Touch } from '../../model/touch.ts';
import { familyOfText, withHostLength } from '../../net/address-text.ts';
import { parseBlock } from '../../net/block.ts';
import { certainDrop, gatesAt, type Drop, type Gate } from '../../kernel/filters/filters.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { sshSessionProbe, type SshSession } from '../../kernel/probes/ssh-session.ts';
import { parseChainName } from './name.ts';
import type { ChainSpec } from './spec.ts';

/** A rule that tracks what comes in by a bridge in a zone of its own, or not at all. */
const BY_BRIDGE = /^-i (\S+) .*-j CT --(?:zone|notrack)/;

/**
 * Returns the bridges by which an SSH login to the node no longer comes in. Rules for filtered ports track what comes
 * in by their bridge in a zone of its own, where conntrack never sees the node's answers: the third packet of a new
 * connection is INVALID there (measured). A firewall that lets in only what is NEW or ESTABLISHED drops it.
 */
export function trackedApart({ node, name, desired, observed }: Change, context: KindContext): readonly Touch[] {
  const view = context.view(node);
  const session = view?.get(sshSessionProbe);
  const { family, table } = parseChainName(name);
  if (table !== 'raw' || session === undefined || familyOfText(session.server) !== family) return [];
  const before = new Set((observed?.spec as ChainSpec | undefined)?.rules);
  const rules = (desired?.spec as ChainSpec | undefined)?.rules.filter((rule) => !before.has(rule)) ?? [];
  const bridges = new Set(rules.flatMap((rule) => BY_BRIDGE.exec(rule)?.[1] ?? []));
  const filters = nodeFilters(view);
  return [...bridges].flatMap((device): readonly Touch[] => {
    const gates = (state: Packet['state']): readonly Gate[] => gatesAt('input', login(session, device, state), filters);
    const drop = certainDrop(gates('established')) ? undefined : certainDrop(gates('invalid'));
    if (drop === undefined) return [];
    return [{ takes: 'passage', device, rule: drop.rule, hint: `on ${node}: ${opening(drop, session, device)}` }];
  });
}

function login({ client, server, serverPort }: SshSession, device: string, state: Packet['state']): Packet {
  return {
    family: familyOfText(server),
    from: [device],
    to: [],
    bridged: false,
    state,
    protocol: 'tcp',
    sources: [parseBlock(withHostLength(client))],
    destinations: [parseBlock(withHostLength(server))],
    destinationPort: serverPort,
    isLocal: true,
  };
}

/** Returns the line that lets SSH in by a bridge, whatever conntrack knows of it. */
function opening({ gate: { program, family, table, chain } }: Drop, session: SshSession, device: string): string {
  const port = String(session.serverPort);
  if (program === 'nft')
    return `nft insert rule ${family} ${table} ${chain} iifname ${device} tcp dport ${port} accept`;
  const option = table === 'filter' ? '' : ` -t ${table}`;
  return `${program}${option} -I ${chain} -i ${device} -p tcp --dport ${port} -j ACCEPT`;
}
