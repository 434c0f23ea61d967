import { DiagnosticError } from '../model/diagnostic.ts';
import type { Context } from './context.ts';

/** Asks for a `yes`. Throws when there is nobody to ask, or the answer is anything else. */
export async function requireConsent(context: Context, verb: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!context.interactive || context.json) {
    throw new DiagnosticError([
      {
        code: 'NLX10',
        severity: 'error',
        summary: `consent is needed to ${verb}, and there is no terminal to ask at`,
        hint: 'look at the plan, then use --yes',
      },
    ]);
  }
  const answer = await context.ask(`Do you want to ${verb}? Only 'yes' will be accepted to approve.`);
  if (answer?.trim() === 'yes') return;
  throw new DiagnosticError([{ code: 'NLX11', severity: 'error', summary: 'not approved; nothing was changed' }]);
}
