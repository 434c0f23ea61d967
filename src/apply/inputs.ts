import type { Command } from '../model/command.ts';
import type { Step } from '../model/plan.ts';
import { programText } from '../programs/text.ts';
import { restoreText } from './restore.ts';

/** A program that carries out some steps, and the text that it reads. */
export interface Fed {
  readonly argv: readonly string[];
  readonly input: string;
  readonly steps: readonly Step[];
}

/** A program of Perl that makes chains what they were; it reads `chainsInput`. */
export const CHAINS = programText(new URL('./chains.pl', import.meta.url));

/** Returns the rules of a batch, one restore per IP version. */
export function ruleRestores(steps: readonly Step[], rootless: boolean): readonly Fed[] {
  return ([4, 6] as const).flatMap((family) => {
    const mine = steps.filter(({ command }) => command.tool === 'iptables' && command.family === family);
    if (mine.length === 0) return [];
    const input = restoreText(
      mine.map((step) => step.command as Extract<Command, { tool: 'iptables' }>),
      rootless,
    );
    const program = family === 6 ? 'ip6tables-restore' : 'iptables-restore';
    return [{ argv: [program, '--noflush'], input, steps: mine }];
  });
}

/** Returns what tells `CHAINS` how the chains of these steps were. */
export function chainsInput(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ command }) => {
    if (command.tool !== 'chain') return [];
    const { family, table, chain, rules, ours } = command;
    const how = rules === null ? 'gone' : ours === undefined ? 'whole' : 'shared';
    const texts = (word: string, some: readonly string[]): readonly string[] => some.map((text) => `${word}\t${text}`);
    return [
      ['chain', family, table, chain, how].join('\t'),
      ...texts('rule', rules ?? []),
      ...texts('ours', ours ?? []),
    ];
  });
  if (lines.some((line) => line.includes('\n'))) throw new RangeError('a rule can hold no newline');
  return lines.join('\n');
}
