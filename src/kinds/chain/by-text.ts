import type { ChainEdit } from '../../model/command.ts';

/**
 * The edits of a chain others write to as well, with every rule that goes said by its text: positions may have moved since it was read, and
 * the rule of somebody else would go. `all` is the chain as it was read.
 */
export function byText(edits: readonly ChainEdit[], all: readonly string[]): readonly ChainEdit[] {
  // Positions count in the chain as the edits before left it.
  const left = [...all];
  return edits.map((edit): ChainEdit => {
    if (edit.op === 'insert') left.splice(edit.position - 1, 0, edit.rule);
    if (edit.op !== 'delete') return edit;
    const [rule] = left.splice(edit.position - 1, 1);
    return rule === undefined ? edit : { op: 'delete-rule', rule };
  });
}

/** The same where a namespace is ours, only for what does nothing but take rules out, each of which stands there once. */
export function removalsByText(edits: readonly ChainEdit[], all: readonly string[]): readonly ChainEdit[] {
  const named = byText(edits, all);
  const isUnique = (rule: string): boolean => all.filter((other) => other === rule).length === 1;
  return named.every((edit) => edit.op === 'delete-rule' && isUnique(edit.rule)) ? named : edits;
}
