import type { DiagnosticError } from '../model/diagnostic.ts';
import { untilAborted } from '../session/abort.ts';
import type { Context } from './context.ts';
import { cliError } from './error.ts';

/** Asks for a `yes`; false when the answer is anything else. Throws when there is nobody to ask. */
export async function askConsent(context: Context, verb: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!context.interactive || context.json) {
    throw cliError('NLX10', `consent is needed to ${verb}, and there is no terminal to ask at`, {
      hint: 'look at the plan, then use --yes',
    });
  }
  const answer = await untilAborted(
    context.signal,
    context.ask(`Do you want to ${verb}? Only 'yes' will be accepted to approve.`),
  );
  return answer?.trim() === 'yes';
}

/** What ends a command that nobody approved of. */
export function notApproved(): DiagnosticError {
  return cliError('NLX11', 'not approved; nothing was changed');
}
