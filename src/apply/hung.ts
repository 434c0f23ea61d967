import { hungCommand, hungDetail, longerHint, stuckHint } from '../hosts/hung.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Hung } from '../model/host.ts';
import type { Batch } from '../model/plan.ts';
import { commandText } from '../model/command-text.ts';

/** The most commands of a batch that a diagnostic lists. */
const SHOWN = 10;

/** Returns the diagnostic of a batch that had to be ended, with the process that hung and the commands of the batch. */
export function hungBatch(batch: Batch, hung: Hung, rollsBack: boolean): Diagnostic {
  const { node, netns } = batch;
  const command = hungCommand(hung);
  const where = netns === null ? node : `${node}/${netns}`;
  const commands = batch.steps.slice(0, SHOWN).map((step) => `  ${commandText(step.command)}`);
  const more = batch.steps.length - commands.length;
  const list = [...commands, ...(more > 0 ? [`  and ${String(more)} more`] : [])];
  return {
    severity: 'error',
    ...summaryOf(where, command ?? 'a command', hung),
    detail: [hungDetail(hung), 'Commands run together:', ...list].join('\n'),
    place: { node, ...(netns !== null && { netns }), ...(command !== undefined && { command }) },
    hint: hintOf(node, hung, rollsBack),
  };
}

function summaryOf(where: string, command: string, { why, stuck }: Hung): Pick<Diagnostic, 'code' | 'summary'> {
  if (stuck.length > 0) return { code: 'NLA07', summary: `${where}: ${command} hangs and cannot be killed` };
  if (why === 'asked') return { code: 'NLA08', summary: `${where}: ${command} was ended, because netloom was stopped` };
  return { code: 'NLA06', summary: `${where}: ${command} hangs` };
}

function hintOf(node: string, hung: Hung, rollsBack: boolean): string {
  const { why, stuck } = hung;
  if (stuck.length > 0) return stuckHint(node, stuck);
  if (why === 'asked') return 'apply again, which continues from here';
  const again = rollsBack ? 'apply again' : 'apply again, which continues from here';
  return `find out why it hangs on ${node}, and ${again}; ${longerHint(hung)}`;
}
