import type { LabTarget } from '../../lab/index.ts';
import { compiled, loadValid } from '../../session/desired.ts';
import { targetInNode } from '../../session/lab.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import type { Context } from '../context.ts';

/** A target of a lab, and the topology of that lab. */
export interface FoundTarget {
  readonly topology: ValidTopology;
  readonly target: LabTarget;
}

/** Finds a target in the lab of a file, by its name or by KIND/NAME. @throws DiagnosticError (NLL011, NLL015) */
export async function findLabTarget({ session }: Context, file: string, word: string): Promise<FoundTarget> {
  const { findTarget } = await import('../../lab/index.ts');
  const valid = await loadValid(session, file);
  const { topology } = valid;
  const { kind, name } = findTarget(topology, word);
  if (kind !== 'router' && kind !== 'dhcp')
    return { topology, target: { kind, name, member: { kind, name }, netns: null } };
  const { resolved } = await compiled(session, valid);
  const found = kind === 'router' ? resolved.routers.get(name) : resolved.networks.get(name)?.dhcp;
  if (found === undefined) throw new Error(`${kind} ${name} has no node`);
  return { topology, target: targetInNode(kind, name, found.node, found.netns) };
}
