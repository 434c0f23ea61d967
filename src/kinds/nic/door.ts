import type { Diagnostic } from '../../model/diagnostic.ts';
import { namespaceView, type NodeView } from '../../model/probe.ts';
import { certainDrop, gatesAt, type Gate } from '../../kernel/filters/filters.ts';
import { nodeFilters } from '../../kernel/filters/node-filters.ts';
import type { Packet } from '../../kernel/filters/packet.ts';
import { bridgeNfProbe } from '../../kernel/netfilter/bridge-nf.ts';
import { ipProbe, linkOf } from '../../kernel/probes/ip.ts';
import { sshSessionProbe, type SshSession } from '../../kernel/probes/ssh-session.ts';
import { familyOfText, withHostLength } from '../../net/address-text.ts';
import { parseBlock } from '../../net/block.ts';
import { openingLine, SSH_PORT, type Moving } from './opening-line.ts';

/** A connection to the node, in the direction that a hook sees. */
interface Passage {
  readonly hooks: readonly ['prerouting', 'input'] | readonly ['output', 'postrouting'];
  readonly by: (device: string) => Packet;
}

/**
 * Returns the error that SSH to an address of the NIC would be refused once the address is on the bridge: a rule that
 * allows it names the NIC. The connection is our own if it is to this address, or else any to port 22; both its
 * packets and the answers must pass.
 */
export function closedDoor(
  view: NodeView | undefined,
  moving: Moving,
  node: string,
  at: Pick<Diagnostic, 'range' | 'place'>,
): readonly Diagnostic[] {
  const filters = nodeFilters(view);
  const session = view?.get(sshSessionProbe);
  const { nic, bridge } = moving;
  const addresses = linkOf(namespaceView(view, null)?.get(ipProbe), nic)?.addr_info ?? [];
  for (const { local, scope } of addresses) {
    if (local === undefined || scope !== 'global') continue;
    const own = session?.server === local ? session : undefined;
    for (const passage of passages(local, own, physicalPort(view, moving))) {
      const gates = (device: string): readonly Gate[] =>
        passage.hooks.flatMap((hook) => gatesAt(hook, passage.by(device), filters));
      const before = gates(nic);
      const drop = certainDrop(before) ? undefined : certainDrop(gates(bridge));
      if (drop === undefined) continue;
      const whose = own ? 'the SSH connection by which netloom reaches it' : 'SSH';
      return [
        {
          code: 'NLP35',
          severity: 'error',
          summary: `${node} would refuse ${whose}, to ${local}, once ${nic} is in ${bridge}: ${drop.rule}`,
          detail: `The address moves from ${nic} to ${bridge}, and a rule that allows the connection names ${nic}.`,
          hint: `on ${node}: ${openingLine(drop, before, moving, own)}`,
          ...at,
        },
      ];
    }
  }
  return [];
}

/**
 * Returns the rule that refuses the SSH connection of the node by the NIC alone, if it is let in by the bridge that the
 * NIC leaves.
 */
export function closedBehind(view: NodeView | undefined, moving: Moving): string | undefined {
  const session = view?.get(sshSessionProbe);
  if (session === undefined) return undefined;
  const filters = nodeFilters(view);
  for (const passage of passages(session.server, session, physicalPort(view, moving))) {
    const gates = (device: string): readonly Gate[] =>
      passage.hooks.flatMap((hook) => gatesAt(hook, passage.by(device), filters));
    const drop = certainDrop(gates(moving.bridge)) ? undefined : certainDrop(gates(moving.nic));
    if (drop) return drop.rule;
  }
  return undefined;
}

/** Returns the bridge port that iptables sees in INPUT, if br_netfilter shows it. */
function physicalPort(view: NodeView | undefined, { nic, isOpenvswitch }: Moving): string | undefined {
  return isOpenvswitch || view?.get(bridgeNfProbe)?.iptables !== true ? undefined : nic;
}

function passages(local: string, own: SshSession | undefined, port: string | undefined): readonly Passage[] {
  const node = [parseBlock(withHostLength(local))];
  const client = own && [parseBlock(withHostLength(own.client))];
  const base = { family: familyOfText(local), bridged: false, protocol: 'tcp' } as const;
  const nodePort = own?.serverPort ?? SSH_PORT;
  return [
    {
      hooks: ['prerouting', 'input'],
      by: (device) => ({
        ...base,
        from: [device],
        to: [],
        // On the NIC itself, it is no bridge port yet.
        ...(port !== undefined && device !== port && { portFrom: [port] }),
        state: 'new',
        destinations: node,
        destinationPort: nodePort,
        ...(client && { sources: client, sourcePort: own.clientPort }),
        isLocal: true,
      }),
    },
    {
      hooks: ['output', 'postrouting'],
      by: (device) => ({
        ...base,
        from: [],
        to: [device],
        state: 'established',
        sources: node,
        sourcePort: nodePort,
        ...(client && { destinations: client, destinationPort: own.clientPort }),
      }),
    },
  ];
}
