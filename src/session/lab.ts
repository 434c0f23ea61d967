import type { LabInventory, LabRunResult, LabStatus, LabSummary, LabTarget } from '../lab/index.ts';
import type { ValidTopology } from '../topology/valid.ts';
import { untilAborted } from './abort.ts';
import type { Session } from './session.ts';
import type { Desired } from './desired.ts';
import { heldInNodes } from './held-in-nodes.ts';

/** Starts the lab of a topology, or updates it; returns true if something was changed. */
export async function startLab(session: Session, desired: Desired): Promise<boolean> {
  const { engine, signal, shell, tell } = session;
  const { topology, resolved } = await heldInLab(session, desired);
  return untilAborted(signal, engine.lab.up(topology, resolved, tell, shell));
}

/** In a lab that is up, guests without DHCP keep the derived addresses that they have. */
async function heldInLab(session: Session, desired: Desired): Promise<Desired> {
  const { engine } = session;
  const { topology, resolved } = desired;
  if (!(await engine.derives(resolved)) || !(await engine.lab.names()).includes(topology.doc.name)) return desired;
  const { nodes } = await statusOfLab(session, topology);
  const node = nodes.filter(({ up }) => up).map(({ name }) => name);
  return node.length === 0 ? desired : heldInNodes(session, desired, { lab: true, choice: { node } });
}

/** Ends a lab with everything in it, even after an abort; returns true if the lab was up. */
export async function endLab({ engine }: Session, name: string): Promise<boolean> {
  return engine.lab.down(name);
}

/** Returns the labs of this user that run, sorted by name. */
export async function listLabs({ engine, signal }: Session): Promise<readonly LabSummary[]> {
  return untilAborted(signal, engine.lab.list());
}

/** Returns the names of this user's labs that run or left something behind, sorted. */
export async function labNames({ engine, signal }: Session): Promise<readonly string[]> {
  return untilAborted(signal, engine.lab.names());
}

/** Returns what is up in the lab. */
export async function statusOfLab({ engine, signal, shell }: Session, topology: ValidTopology): Promise<LabStatus> {
  return untilAborted(signal, engine.lab.status(topology, shell));
}

/** Returns the machines of the lab as they are now. */
export async function inspectLab({ engine, signal, shell }: Session, desired: Desired): Promise<LabInventory> {
  const { topology, resolved } = desired;
  const targets: LabTarget[] = [
    ...[...resolved.routers.values()].map(({ name, node, netns }) => targetInNode('router', name, node, netns)),
    ...[...resolved.networks.values()].flatMap(({ name, dhcp }) =>
      dhcp === undefined ? [] : targetInNode('dhcp', name, dhcp.node, dhcp.netns),
    ),
  ];
  return untilAborted(signal, engine.lab.inspect(topology, targets, shell));
}

/** Returns a router or DHCP server of a lab: a namespace of a node, or, without one, the node's own. */
export function targetInNode(kind: 'router' | 'dhcp', name: string, node: string, netns: string | null): LabTarget {
  return { kind, name, member: { kind: 'node', name: node }, netns };
}

/** Runs a program in a node, instance or outside host of the lab. */
export async function runInLab(
  { engine, signal }: Session,
  topology: ValidTopology,
  member: string,
  argv: readonly string[],
  options: { readonly timeoutMs: number },
): Promise<LabRunResult> {
  return engine.lab.run(topology, member, argv, { ...options, signal });
}
