import type { ChainEdit } from '../../model/command.ts';

/**
 * Returns edits of a chain that others write to as well, with each deletion by the text of its rule: positions may have
 * changed since the chain was read, and a foreign rule would be deleted. `all` is the chain as it was read.
 */
export function byText(edits: readonly ChainEdit[], all: readonly string[]): readonly ChainEdit[] {
  // Positions count in the chain as the previous edits left it.
  const left = [...all];
  return edits.map((edit): ChainEdit => {
    if (edit.op === 'insert') left.splice(edit.position - 1, 0, edit.rule);
    if (edit.op !== 'delete') return edit;
    const [rule] = left.splice(edit.position - 1, 1);
    return rule === undefined ? edit : { op: 'delete-rule', rule };
  });
}

/** The same for a namespace of ours, only for edits that just delete rules, each of which the chain holds once. */
export function removalsByText(edits: readonly ChainEdit[], all: readonly string[]): readonly ChainEdit[] {
  const named = byText(edits, all);
  const isUnique = (rule: string): boolean => all.filter((other) => other === rule).length === 1;
  return named.every((edit) => edit.op === 'delete-rule' && isUnique(edit.rule)) ? named : edits;
}
