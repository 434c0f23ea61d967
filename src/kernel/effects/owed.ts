import type { Command } from '../../model/command.ts';
import type { KindContext, OwedToken } from '../../model/kind.ts';
import { formatMark } from '../../model/mark.ts';
import { namespaceView } from '../../model/probe.ts';
import type { Netns } from '../../model/resource.ts';
import { setLink } from '../links/set.ts';
import { topologyFolder } from '../probes/files.ts';
import { conntrackRun, deleteConnections } from './conntrack.ts';
import { deleteFlows, readFlows } from './flow-tokens.ts';
import { ipProbe, linkOf } from '../probes/ip.ts';
import { addressPart, readNatConnections } from './owed-tokens.ts';
import { programText } from '../../programs/text.ts';

/**
 * Effects that leave no trace of their own, and how they are kept from being lost: before their cause is changed they
 * stand as tokens in the namespace's mark, and they are struck out after they were done. An apply that died in between
 * finds them there. The node's own namespace is not ours to mark: there they are lines of a file beside the topology's
 * others.
 *
 * `arp=DEV`   announce DEV's addresses: the kernel does, when a link's address is set and `arp_notify` is 1 (devinet.c, inetdev_event).
 * `ct=HEX.…`  forget the connections to and from these addresses (eight hex digits each), translated as the rules were before;
 *             of `HEX:tcp:2222` and `HEX:udp:5000-5010` only those to these ports.
 * `ct=*`      forget every translated connection: more addresses than an alias can hold.
 * `flow=…`    cut the connections that were allowed and are not any more (`flow-tokens.ts`).
 * `mark`      the mark itself is missing.
 */
const ALIAS_LIMIT = 255;

/** The alias that says what is owed, kept within what the kernel stores. */
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

/** The command that puts an alias on `lo`. */
function markLo(netns: string, alias: string): Command {
  return setLink(netns, 'lo', 'alias', alias);
}

/** The file that says what is owed in the node's own namespace. */
export function ledgerFile(topology: string): string {
  return `${topologyFolder(topology)}/debts`;
}

/** The command that writes down what is owed in a namespace. */
export function recordOwed(topology: string, netns: Netns, tokens: readonly OwedToken[]): Command {
  if (netns !== null) return markLo(netns, owedMark(topology, tokens));
  const content = [...new Set(tokens)].map((token) => `${token}\n`).join('');
  return { tool: 'write', path: ledgerFile(topology), content, mode: '644', first: true };
}

/** The command that strikes it out. */
function clearOwed(netns: Netns, { topology, mark }: KindContext): Command {
  if (netns !== null) return markLo(netns, mark);
  return { tool: 'unlink', path: ledgerFile(topology), emptied: [topologyFolder(topology)] };
}

const DELETE_NAT_RANGE = programText(new URL('./delete-nat-range.sh', import.meta.url));

function deleteNatConnections(netns: Netns, entry: string): Command[] {
  if (entry === '*') return [deleteConnections(netns, ['--any-nat'])];
  const forgotten = readNatConnections(entry);
  if (forgotten === undefined) return [];
  const { ip, ports } = forgotten;
  const to = ['--orig-dst', ip];
  if (ports === undefined) return [deleteConnections(netns, to), deleteConnections(netns, ['--reply-dst', ip])];
  // What a forwarded port answers is no connection of its own, so none is looked for by its reply.
  const { protocol, first, last } = ports;
  if (first === last) return [deleteConnections(netns, ['-p', protocol, ...to], ports)];
  return [conntrackRun(netns, 'sh', '-c', DELETE_NAT_RANGE, 'sh', protocol, ip, String(first), String(last))];
}

/** A namespace in which something is owed. */
export interface OwingNamespace {
  readonly node: string;
  readonly netns: Netns;
  /** The link-layer address that the device of this name is to have; `undefined` where none of ours is wanted. */
  macOf(device: string): string | undefined;
}

function announce(place: OwingNamespace, device: string, context: KindContext): Command[] {
  const { node, netns } = place;
  const seen = namespaceView(context.view(node), netns)?.get(ipProbe);
  if (device === '*')
    return (seen?.links ?? []).flatMap((l) => (l.ifname === 'lo' ? [] : announce(place, l.ifname, context)));
  const wanted = place.macOf(device);
  // The node's own devices are not ours to touch, and one that goes needs no announcement.
  if (netns === null && wanted === undefined) return [];
  const mac = wanted ?? linkOf(seen, device)?.address;
  return mac === undefined ? [] : [setLink(netns, device, 'address', mac)];
}

/** What the tokens of one sort say, each once. */
function entriesOf(tokens: readonly OwedToken[], prefix: string): readonly string[] {
  return [...new Set(tokens.filter((t) => t.startsWith(prefix)).flatMap((t) => t.slice(prefix.length).split('.')))];
}

/** The connections the tokens stand for are forgotten; the mark still says that they are owed. */
export function deleteOwedConnections(netns: Netns, tokens: readonly OwedToken[]): Command[] {
  return [
    ...entriesOf(tokens, 'ct=').flatMap((entry) => deleteNatConnections(netns, entry)),
    ...deleteFlows(
      netns,
      [...new Set(tokens)].flatMap((token) => readFlows(token) ?? []),
    ),
  ];
}

/** Everything the tokens stand for, connections first, and last the mark without them. */
export function performOwedEffects(
  place: OwingNamespace,
  tokens: readonly OwedToken[],
  context: KindContext,
): Command[] {
  const { netns } = place;
  return [
    ...deleteOwedConnections(netns, tokens),
    // A device's name may hold a dot, so it is not split.
    ...[...new Set(tokens.filter((t) => t.startsWith('arp=')))].flatMap((t) => announce(place, t.slice(4), context)),
    clearOwed(netns, context),
  ];
}
