import type { Command } from '../../model/command.ts';
import type { KindContext, OwedToken } from '../../model/kind.ts';
import { formatMark } from '../../model/mark.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';
import { setLink } from '../links/set.ts';
import { topologyFolder } from '../probes/files.ts';
import { conntrackProgram, deleteConnections } from './conntrack.ts';
import { deleteFlows, readFlows } from './flow-tokens.ts';
import { ipProbe, linkOf } from '../probes/ip.ts';
import { addressPart, readNatConnections } from './owed-tokens.ts';
import { programText } from '../../programs/text.ts';

/**
 * Owed effects: one-time actions due after a change. An action leaves no trace in the kernel, so it is recorded before
 * the change as a token in the namespace's mark, and the token is deleted after the action. The next apply after one
 * that died finds it there. The node's own namespace cannot carry a mark: there the tokens are lines of a file in the
 * topology's folder.
 *
 * - `arp=DEV`: announce DEV's addresses. The kernel does so when a link's address is set and `arp_notify` is 1
 *   (devinet.c, inetdev_event).
 * - `ct=HEX.…`: delete the connections to and from these addresses (eight hex digits each), which are translated by the
 *   old rules; with `HEX:tcp:2222` or `HEX:udp:5000-5010`, only those to these ports.
 * - `ct=*`: delete every translated connection; used if an alias cannot hold the addresses.
 * - `flow=…`: delete the connections that were allowed and no longer are (`flow-tokens.ts`).
 * - `mark`: the mark itself is missing.
 */
const ALIAS_LIMIT = 255;

/**
 * Returns the alias with the tokens of owed effects, within the length that the kernel stores. Tokens that do not fit
 * are replaced by wider ones.
 */
export function owedMark(topology: string, tokens: readonly OwedToken[]): string {
  const announce = [...new Set(tokens.filter((t) => t.startsWith('arp=')))].sort();
  const nat = [...new Set(tokens.filter((t) => t.startsWith('ct=')).flatMap((t) => t.slice(3).split('.')))].sort();
  const all = (arp: readonly string[], ct: readonly string[]): string =>
    formatMark({ topology, tokens: [...arp, ...(ct.length > 0 ? [`ct=${ct.join('.')}`] : [])] });
  const few = nat.includes('*') ? ['*'] : nat;
  const addresses = [...new Set(few.map(addressPart))];
  const candidates = [
    all(announce, few),
    all(announce, addresses),
    all(announce, ['*']),
    all(['arp=*'], few.length > 0 ? ['*'] : []),
  ];
  return candidates.find((alias) => alias.length <= ALIAS_LIMIT) ?? formatMark({ topology, tokens: ['arp=*', 'ct=*'] });
}

/** Returns the command that sets the alias of `lo`. */
function markLo(netns: string, alias: string): Command {
  return setLink(netns, 'lo', 'alias', alias);
}

/** Returns the path of the ledger of effects owed in the node's own namespace. */
export function ledgerFile(topology: string): string {
  return `${topologyFolder(topology)}/debts`;
}

/** Returns the command that records owed effects of a namespace. */
export function recordOwed(topology: string, netns: Netns, tokens: readonly OwedToken[]): Command {
  if (netns !== null) return markLo(netns, owedMark(topology, tokens));
  const content = [...new Set(tokens)].map((token) => `${token}\n`).join('');
  return { tool: 'write', path: ledgerFile(topology), content, mode: '644', first: true };
}

/** Returns the command that deletes the record of owed effects. */
function clearOwed(netns: Netns, { topology, mark }: KindContext): Command {
  if (netns !== null) return markLo(netns, mark);
  return { tool: 'unlink', path: ledgerFile(topology), emptied: [topologyFolder(topology)] };
}

const DELETE_NAT_RANGE = programText(new URL('./delete-nat-range.sh', import.meta.url));

function deleteNatConnections(netns: Netns, entry: string): Command[] {
  if (entry === '*') return [deleteConnections(netns, ['--any-nat'])];
  const connections = readNatConnections(entry);
  if (connections === undefined) return [];
  const { ip, ports } = connections;
  const to = ['--orig-dst', ip];
  if (ports === undefined) return [deleteConnections(netns, to), deleteConnections(netns, ['--reply-dst', ip])];
  // The replies of a forwarded port belong to the same connection, so `--reply-dst` would find no other.
  const { protocol, first, last } = ports;
  if (first === last) return [deleteConnections(netns, ['-p', protocol, ...to], ports)];
  return [conntrackProgram(netns, DELETE_NAT_RANGE, protocol, ip, String(first), String(last))];
}

/** A namespace with owed effects. */
export interface OwingNamespace {
  readonly node: string;
  readonly netns: Netns;
  /** Returns the desired MAC of the device of this name; `undefined` if no device of that name is desired. */
  macOf(device: string): string | undefined;
}

function announce(owing: OwingNamespace, device: string, context: KindContext): Command[] {
  const { node, netns } = owing;
  const observed = namespaceView(context.view(node), netns)?.get(ipProbe);
  if (device === '*')
    return (observed?.links ?? []).flatMap((l) => (l.ifname === 'lo' ? [] : announce(owing, l.ifname, context)));
  const desired = owing.macOf(device);
  // The node's own devices are never changed, and a deleted device needs no announcement.
  if (netns === null && desired === undefined) return [];
  const mac = desired ?? linkOf(observed, device)?.address;
  return mac === undefined ? [] : [setLink(netns, device, 'address', mac)];
}

/** Returns the entries of all tokens with this prefix, each once. */
function entriesOf(tokens: readonly OwedToken[], prefix: string): readonly string[] {
  return [...new Set(tokens.filter((t) => t.startsWith(prefix)).flatMap((t) => t.slice(prefix.length).split('.')))];
}

/** Returns the commands that delete the connections that the tokens stand for. The record stays. */
export function deleteOwedConnections(netns: Netns, tokens: readonly OwedToken[]): Command[] {
  return [
    ...entriesOf(tokens, 'ct=').flatMap((entry) => deleteNatConnections(netns, entry)),
    ...deleteFlows(
      netns,
      [...new Set(tokens)].flatMap((token) => readFlows(token) ?? []),
    ),
  ];
}

/** Returns the commands that carry out all owed effects, connections first, and then delete their record. */
export function performOwedEffects(
  owing: OwingNamespace,
  tokens: readonly OwedToken[],
  context: KindContext,
): Command[] {
  const { netns } = owing;
  return [
    ...deleteOwedConnections(netns, tokens),
    // A device's name may contain a dot, so these tokens are not split.
    ...[...new Set(tokens.filter((t) => t.startsWith('arp=')))].flatMap((t) => announce(owing, t.slice(4), context)),
    clearOwed(netns, context),
  ];
}
