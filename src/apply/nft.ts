import { DiagnosticError } from '../model/diagnostic.ts';
import type { Step } from '../model/plan.ts';

/**
 * An unprivileged user's netlink message must fit the socket's default buffer (212992 bytes; measured: 100 taps, whose commands are 110000 characters, fit,
 * 120 don't); the administrator's has no limit. There more text than this is sent in several transactions.
 */
const CHARACTERS_A_TRANSACTION = 50_000;

/** What may stand between two spaces: nft knows `#`, `$`, `\` and `*` inside other words. A device's name is quoted, since it could be a word of nft's. */
const CLOSED = /^(?:[A-Za-z0-9_.:/@-]+|"[A-Za-z0-9_.-]+"|[{};,]|!=)$/;

/** A transaction, with the step of each of its lines. */
export interface Transaction {
  readonly text: string;
  readonly steps: readonly Step[];
}

/** The `nft` commands of a batch. */
export interface Transactions {
  /** What makes or alters anything: to be sent before whatever else there is, so that nothing is let in before it stands. */
  readonly making: readonly Transaction[];
  /** What only takes away: to be sent last, when that has gone which it was for. */
  readonly takingAway: readonly Transaction[];
}

/** The commands of one object are never parted: what is altered is never unguarded. */
export function nftTransactions(steps: readonly Step[], rootless: boolean): Transactions {
  const objects = new Map<string, Step[]>();
  for (const step of steps) {
    if (step.command.tool !== 'nft') continue;
    const known = objects.get(step.address);
    if (known) known.push(step);
    else objects.set(step.address, [step]);
  }
  const all = [...objects.values()];
  const makes = (group: readonly Step[]): boolean => group.some((step) => wordsOf(step)[0] === 'add');
  const most = rootless ? CHARACTERS_A_TRANSACTION : Infinity;
  return {
    making: joined(all.filter(makes), most),
    takingAway: joined(
      all.filter((group) => !makes(group)),
      most,
    ),
  };
}

function joined(groups: readonly (readonly Step[])[], most: number): readonly Transaction[] {
  const parts: { text: string; steps: Step[] }[] = [];
  for (const group of groups) {
    const text = group.map(line).join('\n');
    const last = parts.at(-1);
    if (last && last.text.length + text.length < most) {
      last.text += `\n${text}`;
      last.steps.push(...group);
    } else parts.push({ text, steps: [...group] });
  }
  return parts;
}

function wordsOf({ command }: Step): readonly string[] {
  return command.tool === 'nft' ? command.words : [];
}

function line(step: Step): string {
  const words = wordsOf(step);
  const wrong = words.find((word) => !CLOSED.test(word));
  if (wrong === undefined) return words.join(' ');
  throw new DiagnosticError([
    {
      code: 'NLA03',
      severity: 'error',
      summary: `${step.address}: ${JSON.stringify(wrong)} can't be given to nft`,
      detail: `It would stand in the line: ${words.join(' ')}`,
      place: { node: step.address.split('/', 1)[0] ?? '' },
      hint: 'rename the object that carries this name by hand',
    },
  ]);
}
