import type { Host, Shell, ShellOptions } from '../model/host.ts';
import { openingError } from './unreachable.ts';

/** The shells of all nodes, by name. */
export type Shells = ReadonlyMap<string, Shell>;

/**
 * Opens a shell on every node, all at once. @throws DiagnosticError if nodes cannot be reached: one error that names
 * them all; the others are closed
 */
export async function openNodes(hosts: ReadonlyMap<string, Host>, options: ShellOptions = {}): Promise<Shells> {
  const opened = await Promise.allSettled(
    [...hosts].map(async ([name, host]) => [name, await host.open(options)] as const),
  );
  const shells = new Map(opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  const names = [...hosts.keys()];
  const failures = opened.flatMap((result, i) =>
    result.status === 'rejected' ? [{ node: names[i] ?? '', error: result.reason as unknown }] : [],
  );
  if (failures.length === 0) return shells;
  await closeNodes(shells);
  throw openingError(failures, hosts.size);
}

/** Closes the shells of all nodes. */
export async function closeNodes(shells: Shells): Promise<void> {
  await Promise.all([...shells.values()].map((shell) => shell.close()));
}
