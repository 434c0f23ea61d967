import type { NodeView } from '../model/probe.ts';
import type { Netns } from '../model/resource.ts';
import { observeNode, observeUnless } from '../observe/observe.ts';
import type { Shells } from './nodes.ts';

/** What was read from every node, by its name. */
export type Views = ReadonlyMap<string, NodeView>;

/** Which namespaces are to be read, by node. */
export type Where = ReadonlyMap<string, ReadonlySet<Netns>>;

/** A part of the nodes that is read, and what was read of all of them before. */
export interface PartOfNodes {
  readonly of: Views;
  readonly where: Where;
}

/**
 * Reads every node in one round trip each, or the given namespaces of some nodes: then the views of all else are those
 * from before. The desired state is not needed.
 */
export async function readNetwork(topology: string, shells: Shells, part?: PartOfNodes): Promise<Views> {
  const views = await Promise.all(
    [...shells.values()].map(async (shell): Promise<NodeView> => {
      const of = part?.of.get(shell.node);
      if (part === undefined || of === undefined) return observeNode(shell, topology);
      const namespaces = part.where.get(shell.node);
      return namespaces === undefined ? of : observeNode(shell, topology, { part: { of, namespaces } });
    }),
  );
  return new Map(views.map((view) => [view.node, view]));
}

/** Reads every node, unless each gives the answer that has its digest: `same`. */
export async function readUnless(
  topology: string,
  shells: Shells,
  digests: ReadonlyMap<string, string>,
): Promise<Views | 'same'> {
  const answers = await Promise.all(
    [...shells.values()].map(async (shell) => {
      const answer = await observeUnless(shell, topology, digests.get(shell.node) ?? '');
      return { shell, answer };
    }),
  );
  if (digests.size === shells.size && answers.every(({ answer }) => answer === 'same')) return 'same';
  const views = await Promise.all(
    answers.map(async ({ shell, answer }) => (answer === 'same' ? observeNode(shell, topology) : answer)),
  );
  return new Map(views.map((view) => [view.node, view]));
}
