import type { CapturePoint } from '../../lab/index.ts';
import { DiagnosticError, type Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from './places.ts';

/** The most names that a hint lists. */
const SHOWN = 30;

/**
 * Finds a place by its unambiguous name, or by a name that it alone has.
 * @throws DiagnosticError NLL018 if no place has the name, NLL019 if several have it; the hint lists names to write
 */
export function findPlace(places: readonly Place[], lab: string, word: string): CapturePoint {
  const exact = places.find(({ point }) => point.name === word);
  if (exact !== undefined) return exact.point;
  const found = places.filter(({ names }) => names.includes(word));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.point;
  if (only === undefined) {
    throw failure('NLL018', `The lab ${lab} has no ${JSON.stringify(word)}`, `it has: ${listed(places)}`);
  }
  throw failure(
    'NLL019',
    `${word} is at ${String(found.length)} places of the lab ${lab}`,
    `write one of: ${listed(found)}`,
  );
}

function listed(places: readonly Place[]): string {
  const names = places.slice(0, SHOWN).map(({ point }) => point.name);
  return [...names, ...(places.length > SHOWN ? [`${String(places.length - SHOWN)} more`] : [])].join(', ');
}

function failure(code: 'NLL018' | 'NLL019', summary: string, hint: string): DiagnosticError {
  const diagnostic: Diagnostic = { code, severity: 'error', summary, hint };
  return new DiagnosticError([diagnostic]);
}
