import type { Command } from '../model/command.ts';

type IptablesCommand = Extract<Command, { tool: 'iptables' }>;

/**
 * Most edits of one commit of an unprivileged user, whose netlink message must fit the socket's default buffer
 * (measured: 352 rules with comments fit); root has no limit. More edits of one table are committed in parts: new
 * chains first, built-in ones last.
 */
const EDITS_A_COMMIT = 100;

const PHASES: Readonly<Record<IptablesCommand['edit']['op'], number>> = {
  new: 0,
  policy: 1,
  insert: 1,
  append: 1,
  delete: 1,
  'delete-rule': 1,
  flush: 2,
  'delete-foreign': 2,
  drop: 3,
};

function line({ chain, edit }: IptablesCommand): string {
  switch (edit.op) {
    case 'new':
      return `:${chain} - [0:0]`;
    case 'append':
      return `-A ${chain} ${edit.rule}`;
    case 'insert':
      return `-I ${chain} ${edit.position} ${edit.rule}`;
    case 'delete':
      return `-D ${chain} ${edit.position}`;
    case 'delete-rule':
    case 'delete-foreign':
      return `-D ${chain} ${edit.rule}`;
    case 'policy':
      return `:${chain} ${edit.policy} [0:0]`;
    case 'flush':
      return `-F ${chain}`;
    case 'drop':
      return `-X ${chain}`;
  }
}

function isBuiltin(chain: string): boolean {
  return /^[A-Z]+$/.test(chain);
}

/**
 * Returns the text for one `iptables-restore --noflush`: per table the new chains, the policies and edits of rules in
 * the order given, and last the deletion of foreign rules and of chains. Rules are lines as iptables-save prints them;
 * a newline would start another line, so it is refused.
 */
export function restoreText(commands: readonly IptablesCommand[], rootless: boolean): string {
  const most = rootless ? EDITS_A_COMMIT : Infinity;
  const tables = new Map<string, IptablesCommand[]>();
  for (const command of commands) {
    const edits = tables.get(command.table);
    if (edits) edits.push(command);
    else tables.set(command.table, [command]);
  }
  const parts: string[] = [];
  for (const [table, edits] of tables) {
    const weight = ({ edit, chain }: IptablesCommand): number =>
      PHASES[edit.op] * 2 + (edit.op !== 'new' && isBuiltin(chain) ? 1 : 0);
    // A jump in a built-in chain is inserted after the chain it jumps to is complete, and deleted before that chain.
    const ordered = edits.map((edit) => ({ edit, weight: weight(edit) })).sort((a, b) => a.weight - b.weight);
    for (let start = 0; start < ordered.length; start += most) {
      const lines = [`*${table}`, ...ordered.slice(start, start + most).map(({ edit }) => line(edit))];
      if (lines.some((text) => text.includes('\n'))) throw new RangeError('a rule can hold no newline');
      parts.push(...lines, 'COMMIT');
    }
  }
  return parts.join('\n');
}
