import { desiredLinks } from '../../src/diff/links.ts';
import { ipProbe, type RawLink, type RawRoute } from '../../src/kernel/probes/ip.ts';
import { iptablesSaveProbes, parseIptablesSave } from '../../src/kernel/netfilter/iptables-save.ts';
import type { KindContext } from '../../src/model/kind.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { formatMark, parseMark } from '../../src/model/mark.ts';
import type { NamespaceView, NodeView } from '../../src/model/probe.ts';
import type { Netns } from '../../src/model/resource.ts';

/** What is seen of one namespace, as far as a test cares. */
export interface Seen {
  readonly netns: Netns;
  readonly alias?: string;
  readonly links?: readonly RawLink[];
  readonly routes?: readonly RawRoute[];
  readonly save4?: string;
  /** Values of other probes by their id. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** A view as `observe/` would make it. */
export function viewOf(
  node: string,
  seen: readonly Seen[],
  more: { readonly dead?: readonly string[]; readonly values?: Readonly<Record<string, unknown>> } = {},
): NodeView {
  const getter = (values: Readonly<Record<string, unknown>>): NodeView['get'] => {
    return ({ id }) => values[id] as never;
  };
  return {
    node,
    namespaces: seen.map(({ netns, alias, links = [], routes = [], save4 = '', values = {} }): NamespaceView => ({
      netns,
      mark: parseMark(alias),
      get: getter({ [ipProbe.id]: { links, routes }, [iptablesSaveProbes[4].id]: parseIptablesSave(save4), ...values }),
    })),
    dead: more.dead ?? [],
    get: getter(more.values ?? {}),
  };
}

/** A link of which only what is said differs from a plain one. */
export function link(ifname: string, ifindex: number, more: Partial<RawLink> = {}): RawLink {
  return { ifname, ifindex, flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'], mtu: 1500, operstate: 'UP', ...more };
}

/** What kinds are told when they write commands. */
export function contextOf(graph: DesiredGraph, views: readonly NodeView[] = []): KindContext {
  return {
    topology: graph.topology,
    mark: formatMark({ topology: graph.topology, tokens: [] }),
    desired: graph,
    desiredLink: desiredLinks(graph),
    view: (node) => views.find((view) => view.node === node),
  };
}
