import { DiagnosticError } from '../model/diagnostic.ts';
import type { Step } from '../model/plan.ts';

/**
 * Most characters of one transaction of an unprivileged user, whose netlink message must fit the socket's default
 * buffer (212992 bytes; measured: 100 taps, 110000 characters of commands, fit; 120 do not). root has no limit.
 */
const CHARACTERS_A_TRANSACTION = 50_000;

/**
 * A word between two spaces: nft interprets `#`, `$`, `\` and `*` inside other words. A device's name is quoted, since
 * it could be a keyword of nft. `@th,288,48` are bits of a packet.
 */
const NFT_WORD = /^(?:[A-Za-z0-9_.:/@-]+|@th,\d+,\d+|"[A-Za-z0-9_.-]+"|[{};,]|!=)$/;

/** A transaction, with the step of each of its lines. */
export interface Transaction {
  readonly text: string;
  readonly steps: readonly Step[];
}

/** The `nft` commands of a batch. */
export interface Transactions {
  /**
   * Objects with something to create or update: sent before the rest of the batch, so that no traffic is admitted
   * before they exist.
   */
  readonly creating: readonly Transaction[];
  /** Objects that are only deleted: sent last, after the taps they guard have been deleted. */
  readonly deleting: readonly Transaction[];
}

/**
 * Returns the transactions of a batch. The commands of one object stay in one transaction, so that no object is
 * unguarded during an update.
 */
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
    creating: joined(all.filter(makes), most),
    deleting: joined(
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
  const wrong = words.find((word) => !NFT_WORD.test(word));
  if (wrong === undefined) return words.join(' ');
  throw new DiagnosticError([
    {
      code: 'NLA03',
      severity: 'error',
      summary: `${step.address}: ${JSON.stringify(wrong)} can't be given to nft`,
      detail: `The line would be: ${words.join(' ')}`,
      place: { node: step.address.split('/', 1)[0] ?? '' },
      hint: 'rename the object that carries this name by hand',
    },
  ]);
}

/** Returns one transaction of these steps, in which each list of commands that several objects share is there once. */
export function nftText(steps: readonly Step[]): string {
  return [...new Set(steps.map(({ command }) => command))]
    .flatMap((command) => steps.find((step) => step.command === command) ?? [])
    .map(line)
    .join('\n');
}
