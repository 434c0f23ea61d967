import { shellLine, shellQuote } from '../../hosts/quote.ts';
import type { Command } from '../../model/command.ts';
import type { Batch, Step } from '../../model/plan.ts';
import type { Address } from '../../model/resource.ts';
import { programText } from '../../programs/text.ts';
import { nftText } from '../nft.ts';
import { ovsParts } from '../ovs.ts';
import {
  batchLocation,
  batchScript,
  enter,
  FUNCTIONS,
  heredoc,
  restoredChains,
  run,
  type Runner,
  type ShCommand,
} from '../script.ts';
import { holdingNode, ipLine, ipsetLine } from '../words.ts';

/** What a way back knows of the apply that it reverts. */
export interface Undone {
  /** Returns the words that name the batches of the apply that change the object at this address. */
  begun(address: Address): readonly string[];
  /** Returns whether the object at this address existed before it. */
  existed(address: Address): boolean;
  /** Files in which it records owed effects, and which did not exist before: its effects are reverted, too. */
  readonly ledgers: readonly string[];
}

const LIBRARY = programText(new URL('./converge.sh', import.meta.url));

/** The functions that the batches of a way back call. */
export const CONVERGE_LIBRARY = [LIBRARY, ...new Set(Object.values(FUNCTIONS))].join('\n');

/** A fragment that is run only if the apply has begun to change the object. */
function guarded(addresses: Address | readonly Address[], undone: Undone, fragment: string): string {
  const batches = new Set([addresses].flat().flatMap((address) => undone.begun(address)));
  const test = shellLine(['begun', ...batches]);
  return fragment.includes('\n') ? `if ${test}; then\n${fragment}\nfi` : `${test} && ${fragment}`;
}

/** Returns consecutive steps of one object. */
function byObject(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0]?.address === step.address) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Returns the link that a line of `ip` deletes. */
function deletedLink(words: readonly string[]): string | undefined {
  const [object, verb, , name] = words;
  return (object === 'link' || object === 'tuntap') && verb === 'del' ? name : undefined;
}

/** Returns the lines of a batch of `ip`: deletions by themselves, since a link is tested when its turn comes. */
function ipFragment(batch: Batch, undone: Undone): string {
  const location = batchLocation(batch);
  const fragments: string[] = [];
  let lines: string[] = [];
  let words: (readonly string[])[] = [];
  const flush = (): void => {
    const program = `${enter(batch.netns)}ip -force -batch -${holdingNode(words)}`;
    if (lines.length > 0) fragments.push(`{\n${lines.join('\n')}\n} | ${program}`);
    [lines, words] = [[], []];
  };
  for (const { address, command } of batch.steps) {
    if (command.tool !== 'ip') throw new Error('a batch of ip has another command');
    const deleted = deletedLink(command.words);
    if (deleted !== undefined) {
      flush();
      const entering = enter(batch.netns) === '' ? 'env' : enter(batch.netns).trim();
      const drop = `drop_link ${shellQuote(deleted)} ${entering}`;
      fragments.push(guarded(address, undone, drop));
      continue;
    }
    words.push(command.words);
    lines.push(guarded(address, undone, `echo ${shellQuote(ipLine(command.words, location))}`));
  }
  flush();
  return fragments.join('\n');
}

function ipsetFragment(batch: Batch, undone: Undone): string {
  const location = batchLocation(batch);
  const fragments = byObject(batch.steps).map((steps) => {
    const lines: string[] = [];
    let restored: string[] = [];
    const flush = (): void => {
      if (restored.length > 0) lines.push(heredoc('ipset -exist restore', restored.join('\n')));
      restored = [];
    };
    for (const { command } of steps) {
      if (command.tool !== 'ipset') continue;
      const line = ipsetLine(command.words, location);
      if (command.words[0] !== 'destroy') restored.push(line);
      else {
        flush();
        lines.push(`ipset ${line} 2>/dev/null`);
      }
    }
    flush();
    return guarded(steps[0]?.address ?? '', undone, lines.join('\n'));
  });
  return fragments.join('\n');
}

function isTool(tool: Command['tool']): (step: Step) => boolean {
  return ({ command }) => command.tool === tool;
}

function shFragments(batch: Batch, undone: Undone, at: Runner): readonly string[] {
  const chains = batch.steps.filter(isTool('chain'));
  const nft = batch.steps.filter((step) => isTool('nft')(step) && undone.existed(step.address));
  const fragments: string[] = [];
  if (nft.length > 0) fragments.push(heredoc('nft -f -', nftText(nft)));
  // The chains of a batch are one transaction, and each is tested.
  const chained = chains.map(({ address }) => address);
  for (const steps of byObject(batch.steps.filter((step) => !isTool('nft')(step)))) {
    const transactions = ovsParts(steps);
    const own = steps.flatMap((step): readonly string[] => {
      const { command } = step;
      if (command.tool === 'ovs') return (transactions.get(step) ?? []).map(({ script }) => script);
      if (command.tool === 'chain') return [];
      if (command.tool === 'netns-del') return [shellLine(['drop_netns', command.netns, ...command.devices])];
      return [run(command as ShCommand, at)];
    });
    if (steps.some((step) => step === chains[0])) fragments.push(guarded(chained, undone, restoredChains(chains)));
    if (own.length > 0) fragments.push(guarded(steps[0]?.address ?? '', undone, own.join('\n')));
  }
  return fragments;
}

function shFragment(batch: Batch, undone: Undone, at: Runner): string {
  const text = shFragments(batch, undone, at).join('\n');
  return batch.netns === null ? text : `${enter(batch.netns)}sh -c ${shellQuote(`. "$0"\n${text}`)} "$dir/library"`;
}

function birthFragment(batch: Batch, undone: Undone, at: Runner): string {
  const birth = batch.steps.find(isTool('netns-add'));
  if (birth?.command.tool !== 'netns-add') throw new Error('the batch creates no namespace');
  const { netns } = birth.command;
  const taps = batch.steps.flatMap(({ command }) => {
    const peer = command.tool === 'ip' && command.words[1] === 'add' ? command.words.indexOf('peer') : -1;
    return command.tool === 'ip' && peer > 0 ? [command.words[peer + 2] ?? ''] : [];
  });
  const { text } = batchScript(batch, at);
  const create = `whole_netns ${shellQuote(netns)} || { ${shellLine(['drop_netns', netns, ...taps])}\n(${text}\n); }`;
  return guarded(birth.address, undone, create);
}

/** Returns the lines that end a way back: what the apply alone has put into a table of nft is deleted last. */
export function convergingEnd(batches: readonly Batch[], undone: Undone): string {
  const steps = batches.flatMap((batch) => batch.steps.filter(isTool('nft')));
  const created = steps.filter(({ address }) => !undone.existed(address));
  return [
    ...(created.length === 0 ? [] : [heredoc('nft -f -', nftText(created))]),
    ...undone.ledgers.map((path) => shellLine(['rm', '-f', '--', path])),
  ].join('\n');
}

/**
 * Returns the shell's lines of one batch of a way back. They test what exists, so they lead to the state before from
 * every state that the apply passes through, and a command that fails ends nothing: the end is judged by what exists
 * then.
 */
export function convergingBatch(batch: Batch, undone: Undone, at: Runner): string {
  switch (batch.lane) {
    case 'birth':
      return birthFragment(batch, undone, at);
    case 'ip':
      return ipFragment(batch, undone);
    case 'ipset':
      return ipsetFragment(batch, undone);
    case 'sh':
      return shFragment(batch, undone, at);
  }
}
