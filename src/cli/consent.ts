import type { DiagnosticError } from '../model/diagnostic.ts';
import { untilAborted } from '../session/abort.ts';
import type { Context } from './context.ts';
import { cliError } from './error.ts';

/** Asks for a `yes`; false after any other answer. @throws DiagnosticError NLX10 without a terminal */
export async function askConsent(context: Context, verb: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!context.interactive() || context.json) {
    throw cliError('NLX10', `consent is needed to ${verb}, and there is no terminal to ask at`, {
      hint: 'read the plan, then use --yes',
    });
  }
  const answer = await untilAborted(
    context.signal,
    context.ask(`Do you want to ${verb}? Only 'yes' will be accepted to approve.`),
  );
  return answer?.trim() === 'yes';
}

/** Returns the error that ends a command without consent (NLX11). */
export function notApproved(): DiagnosticError {
  return cliError('NLX11', 'not approved; nothing was changed');
}
