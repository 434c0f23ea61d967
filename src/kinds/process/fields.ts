import type { FieldChange } from '../../model/change.ts';
import { lost, stale } from './bindings.ts';
import { meaningOf } from '../fields/index.ts';
import type { ProcessSpec } from './spec.ts';

/**
 * Files that changed since the daemon read them are as desired once they are written again, but what it has in memory
 * may not be. Other inputs say so already.
 */
function readsToo(desired: ProcessSpec, observed: ProcessSpec, before: readonly FieldChange[]): readonly FieldChange[] {
  const known = new Set(observed.reads);
  const changed = desired.reads.filter((path) => !known.has(path));
  const isTold = before.some(({ field }) => field === 'inputs');
  return changed.length > 0 && !isTold ? [{ field: 'reads', from: [], to: changed }] : [];
}

function closedFolders(_: ProcessSpec, { closed = [] }: ProcessSpec): readonly FieldChange[] {
  return closed.length > 0 ? [{ field: 'closed', from: closed, to: [] }] : [];
}

/** The socket of a running daemon can be closed from outside (`ss -K`). */
function mustListen({ listens }: ProcessSpec, { deaf = false }: ProcessSpec): readonly FieldChange[] {
  return listens !== undefined && deaf ? [{ field: 'listens', from: undefined, to: listens }] : [];
}

function bindingsTooMany(desired: ProcessSpec, observed: ProcessSpec): readonly FieldChange[] {
  const bindings = stale(desired, observed);
  return bindings.length > 0 ? [{ field: 'bindings', from: bindings, to: [] }] : [];
}

/** Only a start reads the file in which a lease is written again. */
function heldTooLittle(desired: ProcessSpec, observed: ProcessSpec): readonly FieldChange[] {
  const held = lost(desired, observed);
  return held.length > 0 ? [{ field: 'held', from: [], to: held }] : [];
}

/** Unless SIGHUP suffices for the old files and for the new, any difference restarts the daemon. */
function reloadTooLittle(
  desired: ProcessSpec,
  observed: ProcessSpec,
  before: readonly FieldChange[],
): readonly FieldChange[] {
  const isRestart = desired.reload === 'restart' || observed.reload === 'restart';
  return isRestart && before.length > 0 ? [{ field: 'reload', from: 'SIGHUP', to: 'restart' }] : [];
}

/** What a difference in a daemon means: it reads its files again, or is restarted. */
export const processFields = meaningOf<ProcessSpec>(
  {
    argv: { change: 'update', impact: 'flap' },
    inputs: 'update',
    reads: { tell: readsToo },
    closed: { tell: closedFolders },
    bindings: { tell: bindingsTooMany },
    held: { tell: heldTooLittle, impact: 'flap' },
    reload: { tell: reloadTooLittle, impact: 'flap' },
    rootlessArgv: { notCompared: 'it follows from who started it' },
    rootArgv: { notCompared: 'it follows from who started it' },
    leaseDevice: { notCompared: 'it only names the device for releases' },
    listens: { tell: mustListen, impact: 'flap' },
    deaf: { notCompared: 'only a daemon with a port must listen' },
    seeds: { notCompared: 'they are only written before a start' },
  },
  { create: 'flap', replace: 'flap', delete: 'flap' },
);

/**
 * Returns whether the daemon is restarted for these differences, which interrupts its clients. Otherwise it reads its
 * files again.
 */
export function isNewStart(fields: readonly FieldChange[]): boolean {
  return processFields.impact('update', fields) === 'flap';
}
