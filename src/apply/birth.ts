import { BIRTH_PARTS, wordsLine } from '../hosts/birth.ts';
import { shellLine } from '../hosts/quote.ts';
import type { Command } from '../model/command.ts';
import type { Batch, Step } from '../model/plan.ts';
import { CHAINS, chainsInput, ruleRestores, type Fed } from './inputs.ts';
import { holdingNode, ipLine } from './words.ts';

const PROGRAM = shellLine(['perl', ...[...BIRTH_PARTS, 'create_netns(<STDIN>)'].flatMap((part) => ['-e', part])]);

/** What creates a namespace: the shell's words that start a program, what it reads, and the steps of each part. */
export interface BirthText {
  readonly program: string;
  readonly input: string;
  readonly parts: readonly (readonly Step[])[];
}

/** A part of birth.pl's input: its directive without the number, and what the program of it reads. */
interface Part {
  readonly words: readonly string[];
  readonly input?: string;
  readonly steps: readonly Step[];
}

/**
 * Creates a namespace completely before it gets its name: its rules first, then its mark, links, addresses and routes
 * in one `ip` process, whose last line names it, and then the sysctls of its devices. If anything fails, the namespace
 * never existed.
 */
export function birthText(batch: Batch, rootless: boolean): BirthText {
  const birth = batch.steps.find((step) => step.command.tool === 'netns-add');
  if (birth?.command.tool !== 'netns-add') throw new Error('the batch creates no namespace');
  const { mark, netns } = birth.command;
  const location = { node: batch.node, netns };
  const ips = batch.steps.filter((step) => step.command.tool === 'ip');
  const commands = ips.map((step) => (step.command as Extract<Command, { tool: 'ip' }>).words);
  const others = batch.steps.filter((step) => step !== birth && step.command.tool !== 'ip');
  const name = ipLine([netns], location);
  const lines = [['link', 'set', 'dev', 'lo', 'alias', mark], ...commands].map((words) => ipLine(words, location));
  const parts: readonly Part[] = [
    ...rules(others, rootless),
    ...sysctls(others.filter((step) => !isOfDevice(step))),
    { words: ['birth', name], input: lines.join('\n'), steps: [birth, ...ips, birth] },
    ...sysctls(others.filter(isOfDevice)),
  ];
  return {
    program: `${PROGRAM}${holdingNode(commands)}`,
    input: parts.map(textOf).join('\n'),
    parts: parts.map(({ steps }) => steps),
  };
}

function rules(steps: readonly Step[], rootless: boolean): readonly Part[] {
  const chains = steps.filter(({ command }) => command.tool === 'chain');
  const fed: readonly Fed[] = [
    ...ruleRestores(steps, rootless),
    ...(chains.length === 0 ? [] : [{ argv: ['perl', '-e', CHAINS], input: chainsInput(chains), steps: chains }]),
  ];
  return fed.map(({ argv, input, steps: its }) => ({ words: ['run', ...argv], input, steps: its }));
}

function sysctls(steps: readonly Step[]): readonly Part[] {
  return steps.flatMap((step) => {
    const { command } = step;
    return command.tool === 'sysctl' ? [{ words: ['sysctl', command.key, command.value], steps: [step] }] : [];
  });
}

function isOfDevice({ command }: Step): boolean {
  return (
    command.tool === 'sysctl' && !/\/(?:all|default)\//.test(command.key) && /\/(?:conf|neigh)\//.test(command.key)
  );
}

/** Returns a part as birth.pl reads it. No line of it can end a here-document. */
function textOf({ words: [what = '', ...words], input }: Part, number: number): string {
  const directive = wordsLine([what, String(number), ...words]);
  return input === undefined ? directive : `${directive}\n\t${input.replaceAll('\n', '\n\t')}`;
}
