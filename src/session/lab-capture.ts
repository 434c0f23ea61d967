import type { CaptureOptions, CapturePoint, CaptureResult } from '../lab/index.ts';
import type { Desired } from './desired.ts';
import type { Session } from './session.ts';

/** Finds a place of a lab at which packets can be captured. @throws DiagnosticError NLL018, NLL019 */
export async function findCapturePoint({ topology, resolved }: Desired, word: string): Promise<CapturePoint> {
  const [{ capturePlaces }, { findPlace }] = await Promise.all([
    import('./capture/places.ts'),
    import('./capture/find.ts'),
  ]);
  return findPlace(capturePlaces(topology.doc, resolved), topology.doc.name, word);
}

/** Captures packets in the lab until the session is aborted, which is no error. Changes nothing. */
export async function captureInLab(
  { engine, signal }: Session,
  { topology }: Desired,
  point: CapturePoint,
  options: Omit<CaptureOptions, 'signal'>,
): Promise<CaptureResult> {
  return engine.lab.capture(topology, point, { ...options, signal });
}
