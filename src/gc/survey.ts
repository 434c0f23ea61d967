import { nicLabel } from '../kernel/links/alias.ts';
import { ipProbe } from '../kernel/probes/ip.ts';
import { ovsProbe } from '../kernel/openvswitch/database.ts';
import { nodeNamespace } from '../kernel/links/owner.ts';
import type { Shell } from '../model/host.ts';
import { isTopologyName } from '../model/mark.ts';
import type { NodeView } from '../model/probe.ts';
import { observeNode } from '../observe/observe.ts';
import { GC_PROBES } from './probes.ts';
import type { Found, Survey, Trace, Unnamed } from './trace.ts';
import { tracesOf } from './traces.ts';

/** A mark that is nobody's, for there is no topology yet whose marks are looked for. */
const NOBODY = '';

/** Looks on every node, in one round trip each, for whatever names a topology. Nothing is changed. */
export async function survey(shells: ReadonlyMap<string, Shell>): Promise<Survey> {
  return surveyOf(await Promise.all([...shells.values()].map((shell) => observeNode(shell, NOBODY, GC_PROBES))));
}

/** What was read of some nodes, by topology. Pure. */
export function surveyOf(views: readonly NodeView[]): Survey {
  const found = new Map<string, Trace[]>();
  const illegible: Trace[] = [];
  for (const trace of views.flatMap(tracesOf)) {
    if (!isTopologyName(trace.says)) illegible.push(trace);
    else found.set(trace.says, [...(found.get(trace.says) ?? []), trace]);
  }
  const topologies = [...found.keys()].sort().map((topology): Found => ({
    topology,
    traces: found.get(topology) ?? [],
  }));
  return {
    topologies,
    illegible,
    unnamed: views.flatMap((view) => [...unnamedOf(view, [...found.keys()])]),
    silent: views.flatMap((view) => {
      const ovs = view.get(ovsProbe);
      return ovs?.state === 'silent' ? [{ node: view.node, why: ovs.why }] : [];
    }),
  };
}

function* unnamedOf(view: NodeView, topologies: readonly string[]): Iterable<Unnamed> {
  for (const { ifname, addr_info: addresses = [] } of nodeNamespace(view)?.get(ipProbe)?.links ?? []) {
    const known = new Set(topologies.map((topology) => nicLabel(ifname, topology, false)));
    for (const { local = '', prefixlen, label } of addresses) {
      const suffix = label?.startsWith(`${ifname}:`) ? label.slice(ifname.length + 1) : '';
      if (label === undefined || !/^[0-9a-f]{4}$/.test(suffix) || known.has(label)) continue;
      yield { node: view.node, device: ifname, cidr: `${local}/${prefixlen}`, label };
    }
  }
}
