import { folderIn } from '../kernel/probes/files.ts';
import { ipProbe } from '../kernel/probes/ip.ts';
import { iptablesSaveProbes } from '../kernel/netfilter/iptables-save.ts';
import { nftNamesProbe } from '../kernel/netfilter/nft-names.ts';
import { TABLE_PREFIX } from '../kernel/netfilter/nft.ts';
import { nameInIds } from '../kernel/openvswitch/mark.ts';
import { ovsProbe } from '../kernel/openvswitch/database.ts';
import { nodeNamespace } from '../kernel/links/owner.ts';
import { allProcessesProbe, stateOf } from '../kernel/probes/processes.ts';
import { daemonOf, programOf } from '../kernel/daemons/index.ts';
import { topologyOf } from '../kernel/netfilter/table-mark.ts';
import { nameInMark } from '../model/mark.ts';
import type { NodeView } from '../model/probe.ts';
import { pathsProbe } from './probes.ts';
import type { Trace } from './trace.ts';

/** Everything on a node that names a topology. Pure. */
export function tracesOf(view: NodeView): readonly Trace[] {
  return [...marks(view), ...rows(view), ...tables(view), ...paths(view), ...processes(view)];
}

function* marks({ node, namespaces }: NodeView): Iterable<Trace> {
  for (const { netns, get } of namespaces) {
    for (const { ifname, ifalias } of get(ipProbe)?.links ?? []) {
      const says = nameInMark(ifalias);
      if (says === undefined) continue;
      const isNamespace = ifname === 'lo' && netns !== null;
      if (isNamespace) yield { node, netns: null, sort: 'namespace', name: netns, says };
      else yield { node, netns, sort: 'link', name: ifname, says };
    }
  }
}

/** A bridge's local port and its interface have its name, and a mark of their own or none: one trace for all of a name. */
function* rows({ node, get }: NodeView): Iterable<Trace> {
  const { bridges, ports, interfaces } = get(ovsProbe) ?? {};
  const seen = new Set<string>();
  for (const { name, ids } of [bridges, ports, interfaces].flatMap((table) => [...(table?.values() ?? [])])) {
    const says = nameInIds(ids);
    if (says === undefined || seen.size === seen.add(`${name} ${says}`).size) continue;
    yield { node, netns: null, sort: 'ovs-row', name, says };
  }
}

/** Tables of the node's own namespace, where a router without one has its rules. */
function* tables(view: NodeView): Iterable<Trace> {
  for (const family of [4, 6] as const) {
    const program = family === 6 ? 'ip6tables' : 'iptables';
    for (const [table, chains] of nodeNamespace(view)?.get(iptablesSaveProbes[family]) ?? []) {
      const names = [...chains.keys()].flatMap((chain) => topologyOf(chain) ?? []);
      for (const says of names) {
        yield { node: view.node, netns: null, sort: 'table', name: `${table} of ${program}`, says };
      }
    }
  }
  for (const name of view.get(nftNamesProbe) ?? []) {
    yield { node: view.node, netns: null, sort: 'nft-table', name, says: name.slice(TABLE_PREFIX.length) };
  }
}

function* paths({ node, get }: NodeView): Iterable<Trace> {
  for (const path of get(pathsProbe) ?? []) {
    const says = folderIn(path);
    if (says !== undefined) yield { node, netns: null, sort: 'file', name: path, says };
  }
}

function* processes({ node, get }: NodeView): Iterable<Trace> {
  for (const { pid, netns, argv } of get(allProcessesProbe) ?? []) {
    const state = argv.map(stateOf).find((one) => one !== undefined);
    const says = state === undefined ? undefined : folderIn(state);
    // In the node's own namespace only a router's programs are ours: others there look into such a folder.
    if (says === undefined || (netns === null && daemonOf(argv) === undefined)) continue;
    yield { node, netns: netns ?? null, sort: 'process', name: `${programOf(argv)} (pid ${pid})`, says };
  }
}
