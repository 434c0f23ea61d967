import type { Host, Shell, ShellOptions } from '../model/host.ts';

/** The shells of all nodes, by name. */
export type Shells = ReadonlyMap<string, Shell>;

/**
 * Opens a shell on every node, all at once. @throws DiagnosticError if a node cannot be reached; the others are closed
 */
export async function openNodes(hosts: ReadonlyMap<string, Host>, options: ShellOptions = {}): Promise<Shells> {
  const opened = await Promise.allSettled(
    [...hosts].map(async ([name, host]) => [name, await host.open(options)] as const),
  );
  const shells = new Map(opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  const failed = opened.find((result) => result.status === 'rejected');
  if (!failed) return shells;
  await closeNodes(shells);
  throw failed.reason;
}

/** Closes the shells of all nodes. */
export async function closeNodes(shells: Shells): Promise<void> {
  await Promise.all([...shells.values()].map((shell) => shell.close()));
}
