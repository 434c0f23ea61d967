import type { Diagnostic } from '../model/diagnostic.ts';
import type { Since } from '../diff/since.ts';

/** The most objects that a diagnostic lists. */
const SHOWN = 40;

/** Returns the error that a rollback failed, with what is not as it was before; `undefined`: that is not known. */
export function notRolledBack(differs: readonly Since[] | undefined): Diagnostic {
  return {
    code: 'NLA12',
    severity: 'error',
    summary: 'what was done could not be rolled back completely',
    detail:
      differs === undefined
        ? 'The nodes could not be read, so nothing is known of them.'
        : differs.length === 0
          ? 'Every object is as it was before.'
          : listed(differs),
    hint:
      'remove the cause of the errors above, then apply this file, or the one that was applied before it; either ' +
      'continues from here (`plan` shows how)',
  };
}

/** Returns the warning that some of what a rollback restores cannot be restored. */
export function notRestored(differs: readonly Since[]): Diagnostic {
  return {
    code: 'NLA13',
    severity: 'warning',
    summary: 'rolled back, but for what netloom cannot restore',
    detail: listed(differs),
    hint: 'all else is as it was before; look at these objects, and restore by hand what you need',
  };
}

/** Returns the error that a node could not be rolled back, because its connection ended. */
export function connectionLost(node: string): Diagnostic {
  return {
    code: 'NLA14',
    severity: 'error',
    summary: `${node} was not rolled back: the connection to it ended`,
    detail: 'The commands that ran there may have finished or not; nothing began after them.',
    place: { node },
    hint:
      `when ${node} can be reached, apply this file, or the one that was applied before it; either continues from ` +
      'there',
  };
}

function listed(differs: readonly Since[]): string {
  const lines = differs.slice(0, SHOWN).map(({ address, how }) => `  ${address} ${how}`);
  const more = differs.length - lines.length;
  return ['Not as before:', ...lines, ...(more > 0 ? [`  and ${String(more)} more`] : [])].join('\n');
}
