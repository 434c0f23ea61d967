import type { Diagnostic } from '../model/diagnostic.ts';
import type { Shells } from './nodes.ts';

/**
 * Takes the lock of every node; returns an error for each that another netloom holds. A second lock of a node changes
 * nothing.
 */
export async function lockNodes(shells: Shells): Promise<readonly Diagnostic[]> {
  const locked = await Promise.all(
    [...shells.values()].map(async (shell) => ({ node: shell.node, got: await shell.lock() })),
  );
  return locked
    .filter(({ got }) => !got)
    .map(({ node }) => ({
      code: 'NLA04',
      severity: 'error',
      summary: `another netloom is changing ${node}`,
      place: { node },
      hint: 'wait until it has ended, and apply again',
    }));
}

/** Releases the locks that were taken. */
export async function unlockNodes(shells: Shells): Promise<void> {
  await Promise.allSettled([...shells.values()].map((shell) => shell.unlock()));
}
