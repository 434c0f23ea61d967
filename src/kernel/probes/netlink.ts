import type { NamespaceProbe } from '../../model/probe.ts';
import { programText } from '../../programs/text.ts';
import { COUNTERS } from '../netfilter/counters.ts';
import { neighbourOf, type RawNeighbour } from '../netlink/neighbour.ts';
import { parseIptablesSave, type SavedTables } from '../netfilter/saved-tables.ts';

/** The Perl function `netlink_facts`, for the program that reads a node. */
export const NETLINK = programText(new URL('./netlink.pl', import.meta.url));

/** A chain of nf_tables with a hook. A name that nft(8) could not read is `#` and the object's handle. */
export interface Hook {
  /** `inet`, `ip`, `ip6`, `arp`, `bridge` or `netdev`. */
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  /** `prerouting`, `ingress` and so on. */
  readonly hook: string;
  readonly policy: 'accept' | 'drop';
  /** The number of its rules. */
  readonly rules: number;
  /** The devices of a chain of the hooks `ingress` and `egress`. */
  readonly devices: readonly string[];
}

/** A queueing discipline that a program attached: the kernel's own have no number, and are not read. */
export interface Qdisc {
  readonly ifindex: number;
  /** `netem`, `tbf`, `clsact` and so on. */
  readonly kind: string;
  /** `root`, or the class that it is attached to. */
  readonly parent: string;
}

/** An entry of a bridge's forwarding database that is not learned. */
export interface FixedEntry {
  /** The port, or the bridge itself. */
  readonly ifindex: number;
  readonly bridge: number;
  readonly mac: string;
}

/** What one namespace has of the kernel's objects that `ip` does not list. */
export interface NetlinkFacts {
  readonly hooks: readonly Hook[];
  /** Tables of nf_tables with chains as netloom and Neutron's agents name them, each `FAMILY NAME`. */
  readonly agents: ReadonlySet<string>;
  readonly qdiscs: readonly Qdisc[];
  /** `IFINDEX ingress|egress` of each device whose qdisc `ingress` or `clsact` has a filter there. */
  readonly filters: ReadonlySet<string>;
  readonly fixed: readonly FixedEntry[];
  /** Permanent neighbours and proxy entries; in the node's own namespace only. */
  readonly neighbours: readonly RawNeighbour[];
  /** Tables of iptables-legacy by program, if nf_tables has tables of iptables as well. */
  readonly legacy: ReadonlyMap<'iptables' | 'ip6tables', SavedTables>;
  /** Tables of nf_tables with their rules, as `nft -j` prints them; in the node's own namespace only. */
  readonly listed: readonly unknown[];
}

/** Reads hooks, qdiscs, fixed entries and neighbours by netlink(7): no process is started for it. */
export const netlinkProbe: NamespaceProbe<NetlinkFacts> = {
  id: 'netlink',
  scope: 'marked',
  read: { netlink: 'facts' },
  ignoring: COUNTERS,
  parse(text) {
    const lines = text.split('\n').map((line) => line.split(' '));
    const of = (word: string): readonly (readonly string[])[] => lines.filter(([first]) => first === word);
    const legacyOf = (program: string): SavedTables =>
      parseIptablesSave(
        text
          .split('\n')
          .filter((line) => line.startsWith(`${program}-legacy `))
          .map((line) => line.slice(program.length + '-legacy '.length))
          .join('\n'),
      );
    return {
      hooks: of('hook').map(
        ([, family = '', table = '', chain = '', hook = '', policy = '', rules = '', ...devices]) => ({
          family,
          table,
          chain,
          hook,
          policy: policy === 'drop' ? 'drop' : 'accept',
          rules: Number(rules),
          devices,
        }),
      ),
      agents: new Set(of('agents').map(([, family = '', table = '']) => `${family} ${table}`)),
      qdiscs: of('qdisc').map(([, ifindex = '', kind = '', parent = '']) => ({
        ifindex: Number(ifindex),
        kind,
        parent,
      })),
      filters: new Set(of('filter').map(([, ifindex = '', direction = '']) => `${ifindex} ${direction}`)),
      fixed: of('fdb').map(([, ifindex = '', bridge = '', mac = '']) => ({
        ifindex: Number(ifindex),
        bridge: Number(bridge),
        mac,
      })),
      neighbours: [...of('neighbour'), ...of('proxy')].flatMap(([, hex]) =>
        hex === undefined ? [] : [neighbourOf(Buffer.from(hex, 'hex'))],
      ),
      legacy: new Map((['iptables', 'ip6tables'] as const).map((program) => [program, legacyOf(program)])),
      listed: text
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .flatMap((json) => (JSON.parse(json) as { readonly nftables: readonly unknown[] }).nftables),
    };
  },
};
