import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { commandLine } from '../model/command-line.ts';
import { labError } from './errors.ts';
import type { LabEvent } from '../model/event.ts';
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

/** What the caller may want to know, and what it may know better. */
export interface LabUpOptions {
  readonly onEvent?: (event: LabEvent) => void;
  /** The address of an instance's port that the file does not give; needed only where the network has no DHCP. */
  readonly fixedAddress?: FixedAddress;
}

/**
 * Starts the lab of a topology, or brings the one that runs to the topology's shape: machines, instances and cables
 * that are new, gone or changed; everything else is left alone.
 * @returns true when something was changed.
 */
export async function labUp(topology: LabTopology, options: LabUpOptions = {}): Promise<boolean> {
  const onEvent = options.onEvent ?? (() => undefined);
  const begin = Date.now();
  const shape = labShape(topology, options.fixedAddress);
  await checkMachine(shape);
  return withLabsLocked(async () => {
    const changed = await bringUp(shape, onEvent);
    await noteFile(shape.name, topology.file);
    onEvent({ type: 'lab-up', name: shape.name, changed, milliseconds: Date.now() - begin });
    return changed;
  });
}

/** Notes which file a lab is of, for `lab list`. */
async function noteFile(name: string, file: string): Promise<void> {
  const absolute = file === '<stdin>' ? '' : path.resolve(file);
  await writeFile(path.join(stateDir(name), TOPOLOGY_FILE), absolute, { mode: 0o600 });
}

async function bringUp(shape: LabShape, onEvent: (event: LabEvent) => void): Promise<boolean> {
  const running = await runningLab(shape.name);
  if (running === undefined && (await isAlive(shape.name))) {
    throw labError({
      code: 'NLL009',
      summary: `The lab ${shape.name} is up but cannot be entered`,
      hint: `run \`${commandLine('lab', 'down', shape.name)}\``,
    });
  }
  const begin = Date.now();
  const lab = running ?? (await startHolder(shape.name));
  if (running === undefined) onEvent({ type: 'lab-started', name: shape.name, milliseconds: Date.now() - begin });
  try {
    const shell = await openFabric(lab);
    try {
      return await reconcile(shell, shape, onEvent);
    } finally {
      await shell.close();
    }
  } catch (error) {
    // A lab that could not be completed at its start is not left behind.
    if (running === undefined) await endLab(shape.name);
    throw error;
  }
}
