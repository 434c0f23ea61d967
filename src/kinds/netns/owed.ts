import type { Command } from '../../model/command.ts';
import type { KindContext, OwedToken } from '../../model/kind.ts';
import { formatMark } from '../../model/mark.ts';
import { namespaceView } from '../../model/probe.ts';
import { addressOf } from '../../model/resource.ts';
import { numberToIp } from '../../net/ipv4.ts';
import { ipProbe, linkOf } from '../shared/ip.ts';

/**
 * Effects that leave no trace of their own, and how they are kept from being lost: before their cause is changed they stand as
 * tokens in the namespace's mark, and they are struck out after they were done. An apply that died in between finds them there.
 *
 * `arp=DEV`   announce DEV's addresses: the kernel does, when a link's address is set and `arp_notify` is 1 (devinet.c, inetdev_event).
 * `ct=HEX.…`  forget the connections to and from these addresses (eight hex digits each), translated as the rules were before.
 * `ct=*`      forget every translated connection: more addresses than an alias can hold.
 * `mark`      the mark itself is missing.
 */
const ALIAS_LIMIT = 255;

/** The alias that says what is owed, kept within what the kernel stores. */
export function owedMark(topology: string, tokens: readonly OwedToken[]): string {
  const announce = [...new Set(tokens.filter((t) => t.startsWith('arp=')))].sort();
  const forget = [...new Set(tokens.filter((t) => t.startsWith('ct=')).flatMap((t) => t.slice(3).split('.')))].sort();
  const all = (arp: readonly string[], ct: readonly string[]): string =>
    formatMark({ topology, pending: [...arp, ...(ct.length > 0 ? [`ct=${ct.join('.')}`] : [])] });
  const few = forget.includes('*') ? ['*'] : forget;
  const candidates = [all(announce, few), all(announce, ['*']), all(['arp=*'], few.length > 0 ? ['*'] : [])];
  return (
    candidates.find((alias) => alias.length <= ALIAS_LIMIT) ?? formatMark({ topology, pending: ['arp=*', 'ct=*'] })
  );
}

/** The command that puts an alias on `lo`. */
export function markLo(netns: string, alias: string): Command {
  return { tool: 'ip', netns, words: ['link', 'set', 'dev', 'lo', 'alias', alias] };
}

function forget(netns: string, hex: string): Command[] {
  // conntrack(8) exits with 1 when it finds nothing to delete.
  const run = (...filter: string[]): Command => ({
    tool: 'exec',
    netns,
    argv: ['conntrack', '-D', ...filter],
    ok: [0, 1],
  });
  if (hex === '*') return [run('--any-nat')];
  if (!/^[0-9a-f]{8}$/.test(hex)) return [];
  const ip = numberToIp(Number.parseInt(hex, 16));
  return [run('--orig-dst', ip), run('--reply-dst', ip)];
}

function announce(node: string, netns: string, device: string, context: KindContext): Command[] {
  const seen = namespaceView(context.view(node), netns)?.get(ipProbe);
  if (device === '*')
    return (seen?.links ?? []).flatMap((l) => (l.ifname === 'lo' ? [] : announce(node, netns, l.ifname, context)));
  const wanted = context.desired.resources.get(addressOf({ node, netns, kind: 'veth', name: device }));
  const mac = (wanted?.spec as { mac?: string } | undefined)?.mac ?? linkOf(seen, device)?.address;
  return mac === undefined ? [] : [{ tool: 'ip', netns, words: ['link', 'set', 'dev', device, 'address', mac] }];
}

/** Everything the tokens stand for, connections first, and last the mark without them. */
export function discharge(node: string, netns: string, tokens: readonly OwedToken[], context: KindContext): Command[] {
  const arguments_ = (prefix: string): string[] => [
    ...new Set(tokens.filter((t) => t.startsWith(prefix)).flatMap((t) => t.slice(prefix.length).split('.'))),
  ];
  return [
    ...arguments_('ct=').flatMap((hex) => forget(netns, hex)),
    // A device's name may hold a dot, so it is not split.
    ...[...new Set(tokens.filter((t) => t.startsWith('arp=')))].flatMap((t) =>
      announce(node, netns, t.slice(4), context),
    ),
    markLo(netns, context.mark),
  ];
}
