import { commandText } from '../model/command-text.ts';
import type { Change } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Batch, Plan } from '../model/plan.ts';

/** The last round of an apply: its plan, and what its batches printed although they succeeded. */
export interface Round {
  readonly plan: Plan;
  readonly outputs: ReadonlyMap<Batch, string>;
}

const SHOWN = 5;

/** Returns the commands that the round ran for a change, and what the nodes printed; none if it has no command. */
function commandsFor({ address }: Change, { plan, outputs }: Round): readonly string[] {
  return plan.batches.flatMap((batch) => {
    const commands = batch.steps.filter((step) => step.address === address).map(({ command }) => commandText(command));
    const output = commands.length === 0 ? undefined : outputs.get(batch);
    const lines = (output ?? '').split('\n').filter((line) => line.trim() !== '');
    return [...commands.slice(0, SHOWN), ...lines.slice(0, SHOWN).map((line) => `printed: ${line}`)];
  });
}

/**
 * Returns the error that objects still differ after `rounds` rounds: each with the commands of the last round, which
 * all succeeded, and what the node printed.
 */
export function unsettled({ changes }: Plan, last: Round, rounds: number): Diagnostic {
  const some = changes.slice(0, SHOWN).map((change) => ({ change, commands: commandsFor(change, last) }));
  const lines = some.flatMap(({ change, commands }) => [
    `${change.address} (${change.reason})`,
    ...(commands.length === 0 ? ['no command changes it'] : commands).map((line) => `  ${line}`),
  ]);
  const [node, ...others] = new Set(changes.map((change) => change.node));
  const hint = some.every(({ commands }) => commands.length === 0)
    ? 'change it by hand, or remove from the file what asks for it'
    : some.some(({ commands }) => commands.some((line) => line.startsWith('printed: ')))
      ? 'the node printed why; if it did not, another program may be changing the same objects'
      : 'each command above succeeded, and its effect is gone: another program may be changing the same objects ' +
        '(`netloom doctor` lists network managers), or the kernel did not do what it was asked for ' +
        '(`dmesg` may tell why)';
  return {
    code: 'NLA02',
    severity: 'error',
    summary: `${changes.length} objects still differ after ${rounds} rounds`,
    detail: lines.join('\n'),
    ...(node !== undefined && others.length === 0 && { place: { node } }),
    hint,
  };
}
