import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandLine } from '../model/command-line.ts';
import { labError } from './errors.ts';
import type { LabEvent } from '../model/event.ts';
import type { ShellOptions } from '../model/host.ts';
import { runningLab } from './entry.ts';
import { endLab } from './down.ts';
import { startHolder } from './holder.ts';
import { isAlive, withLabsLocked } from './lock.ts';
import { checkMachine } from './preflight.ts';
import { reconcile } from './reconcile.ts';
import { labShape, type FixedAddress } from './shape-of.ts';
import { openFabric } from './shell.ts';
import { stateDir, TOPOLOGY_FILE } from './state-dir.ts';
import type { LabShape, LabTopology } from './shape.ts';

/** Options of `labUp`. */
export interface LabUpOptions {
  readonly onEvent?: (event: LabEvent) => void;
  /** Returns the IP address of an instance's port without a given one; needed only if the network has no DHCP. */
  readonly fixedAddress?: FixedAddress;
  /** What the lab's shell is opened with. */
  readonly shell?: ShellOptions;
}

/**
 * Starts the lab of a topology. If it runs, creates, deletes or recreates only the members and cables that differ from
 * the topology.
 * @returns true if anything changed
 */
export async function labUp(topology: LabTopology, options: LabUpOptions = {}): Promise<boolean> {
  const onEvent = options.onEvent ?? (() => undefined);
  const begin = Date.now();
  const shape = labShape(topology, options.fixedAddress);
  await checkMachine(shape);
  return withLabsLocked(async () => {
    const changed = await bringUp(shape, onEvent, options.shell ?? {});
    await noteFile(shape.name, topology.file);
    onEvent({ type: 'lab-up', name: shape.name, changed, milliseconds: Date.now() - begin });
    return changed;
  }, options.shell?.signal);
}

/** Records the path of a lab's topology file, for `lab list`. */
async function noteFile(name: string, file: string): Promise<void> {
  const absolute = file === '<stdin>' ? '' : path.resolve(file);
  await writeFile(path.join(stateDir(name), TOPOLOGY_FILE), absolute, { mode: 0o600 });
}

async function bringUp(shape: LabShape, onEvent: (event: LabEvent) => void, options: ShellOptions): Promise<boolean> {
  const running = await runningLab(shape.name);
  if (running === undefined && (await isAlive(shape.name))) {
    throw labError({
      code: 'NLL009',
      summary: `The lab ${shape.name} is up but cannot be entered`,
      hint: `run \`${commandLine('lab', 'down', shape.name)}\``,
    });
  }
  const begin = Date.now();
  const lab = running ?? (await startHolder(shape.name, options));
  if (running === undefined) onEvent({ type: 'lab-started', name: shape.name, milliseconds: Date.now() - begin });
  try {
    const shell = await openFabric(lab, options);
    try {
      return await reconcile(shell, shape, onEvent);
    } finally {
      await shell.close();
    }
  } catch (error) {
    // A new lab that could not be completed is ended.
    if (running === undefined) await endLab(shape.name);
    throw error;
  }
}
