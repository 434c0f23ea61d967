import { shellQuote } from '../../hosts/quote.ts';
import { WINDOW_FOLDER } from '../../hosts/window/window.ts';
import type { Batch, Plan } from '../../model/plan.ts';
import type { Address } from '../../model/resource.ts';
import { CONVERGE_LIBRARY, convergingBatch, convergingEnd, type Undone } from './converge.ts';
import type { Runner } from '../script.ts';

/** The files of a way back on one node. */
export interface WayBackFiles {
  /** What its script begins with: functions, and the folder. */
  readonly library: string;
  /** Leads to the state before, from any state that the apply passes through. */
  readonly script: string;
}

/** Returns the word that names a batch of the apply in its journal. */
function journalWord(round: number, batch: Batch): string {
  return `${round}.${batch.id}`;
}

/** Returns the line with which a batch of the apply records that it begins. */
export function journalLine(round: number, batch: Batch): string {
  return `: >${WINDOW_FOLDER}/begun.${journalWord(round, batch)} || exit\n`;
}

/** What is known of the apply that a way back reverts. */
export interface Reverted {
  readonly plans: readonly Plan[];
  readonly existed: (address: Address) => boolean;
  readonly inside: ReadonlyMap<Address, Address>;
  /** The alias of the topology's objects, and the group in which its pairs are created. */
  readonly mark: string;
  readonly group: string;
}

/** Returns which batches of an apply begin to change each object. */
function journalOf(plans: readonly Plan[]): ReadonlyMap<Address, ReadonlySet<string>> {
  const words = new Map<Address, Set<string>>();
  const add = (address: Address, more: Iterable<string>): void => {
    const known = words.get(address) ?? new Set();
    for (const word of more) known.add(word);
    words.set(address, known);
  };
  for (const [round, { batches, changes }] of plans.entries()) {
    for (const batch of batches) for (const { address } of batch.steps) add(address, [journalWord(round, batch)]);
    for (const { address, impliedBy } of changes) if (impliedBy !== undefined) add(address, words.get(impliedBy) ?? []);
  }
  return words;
}

function ledgersOf(node: string, { plans, existed }: Reverted): readonly string[] {
  const steps = plans.flatMap(({ batches }) => batches).flatMap((batch) => (batch.node === node ? batch.steps : []));
  const paths = steps.flatMap(({ address, command }) =>
    command.tool === 'write' && command.first === true && !existed(address) ? [command.path] : [],
  );
  return [...new Set(paths)];
}

/** Returns the files of the way back on a node. */
export function wayBackFiles(node: string, back: Plan, at: Runner, reverted: Reverted): WayBackFiles {
  const journal = journalOf(reverted.plans);
  const everything = reverted.plans.flatMap(({ batches }, round) =>
    batches.filter((batch) => batch.node === node).map((batch) => journalWord(round, batch)),
  );
  const undone: Undone = {
    // The effects that are owed in a namespace are of no object of the apply's.
    begun: (address) => [...(journal.get(reverted.inside.get(address) ?? address) ?? everything)],
    existed: reverted.existed,
    ledgers: ledgersOf(node, reverted),
  };
  const batches = back.batches.filter((batch) => batch.node === node);
  const library = [
    `dir=${WINDOW_FOLDER}`,
    `mark=${shellQuote(reverted.mark)}`,
    `group=${shellQuote(reverted.group)}`,
    CONVERGE_LIBRARY,
  ].join('\n');
  const script = [
    `. ${WINDOW_FOLDER}/library`,
    ...batches.map((batch) => convergingBatch(batch, undone, at)),
    convergingEnd(batches, undone),
  ].join('\n');
  return { library: `${library}\n`, script: `${script}\n` };
}
