import type { LabPlace } from '../../lab/index.ts';
import { compiled, loadValid } from '../../session/desired.ts';
import type { ValidTopology } from '../../topology/valid.ts';
import type { Context } from '../context.ts';

/** A place of a file's lab, and the topology it is of. */
export interface FoundPlace {
  readonly topology: ValidTopology;
  readonly place: LabPlace;
}

/** Finds a place of a file's lab by its name, or by KIND/NAME. @throws DiagnosticError (NLL011, NLL015) */
export async function findLabPlace({ session }: Context, file: string, word: string): Promise<FoundPlace> {
  const { findPlace } = await import('../../lab/index.ts');
  const valid = await loadValid(session, file);
  const { topology } = valid;
  const { kind, name } = findPlace(topology, word);
  if (kind !== 'router' && kind !== 'dhcp')
    return { topology, place: { kind, name, member: { kind, name }, netns: null } };
  const { resolved } = await compiled(session, valid);
  const found = kind === 'router' ? resolved.routers.get(name) : resolved.networks.get(name)?.dhcp;
  if (found === undefined) throw new Error(`${kind} ${name} has no node`);
  const member = { kind: 'node', name: found.node } as const;
  return { topology, place: { kind, name, member, netns: found.netns } };
}
