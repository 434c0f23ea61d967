import { desiredLinks } from '../../src/diff/links.ts';
import { ipProbe, type RawLink, type RawRoute } from '../../src/kernel/probes/ip.ts';
import { iptablesSaveProbes } from '../../src/kernel/netfilter/iptables-save.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';
import type { KindContext } from '../../src/model/kind.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import { formatMark, parseMark } from '../../src/model/mark.ts';
import type { NamespaceView, NodeView } from '../../src/model/probe.ts';
import type { Netns } from '../../src/model/resource.ts';

/** The observed state of one namespace that a test sets. */
export interface NamespaceInput {
  readonly netns: Netns;
  readonly alias?: string;
  readonly links?: readonly RawLink[];
  readonly routes?: readonly RawRoute[];
  readonly save4?: string;
  /** Values of other probes by their id. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Returns a view as `observe/` makes it. */
export function viewOf(
  node: string,
  seen: readonly NamespaceInput[],
  more: Partial<Pick<NodeView, 'dead' | 'unfinished'>> & { readonly values?: Readonly<Record<string, unknown>> } = {},
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
    unfinished: more.unfinished ?? [],
    get: getter(more.values ?? {}),
  };
}

/** Returns an ordinary link that is up, with the given differences. */
export function link(ifname: string, ifindex: number, more: Partial<RawLink> = {}): RawLink {
  return { ifname, ifindex, flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'], mtu: 1500, operstate: 'UP', ...more };
}

/** Returns the context that kinds get when they create commands. */
export function contextOf(graph: DesiredGraph, views: readonly NodeView[] = []): KindContext {
  return {
    topology: graph.topology,
    mark: formatMark({ topology: graph.topology, tokens: [] }),
    desired: graph,
    desiredLink: desiredLinks(graph),
    view: (node) => views.find((view) => view.node === node),
  };
}
