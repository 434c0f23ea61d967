import { shellLine, shellQuote } from '../../hosts/quote.ts';
import type { Precondition } from '../../model/existence.ts';
import type { Step } from '../../model/plan.ts';
import { netnsPath } from '../../model/resource.ts';
import { programText } from '../../programs/text.ts';
import { inOneLine } from './one-line.ts';
import type { ScriptStep } from './step.ts';

const STANDALONE = programText(new URL('./standalone.sh', import.meta.url));
const NODE_IDENTITY = programText(new URL('./node-identity.sh', import.meta.url));

/** A program for the node's shell that prints what identifies the node until it is rebooted. */
export const READ_IDENTITY = `${NODE_IDENTITY}node_identity`;

/** The second line of every script, by which it is recognised. */
const RECOGNISED = '# netloom script:';

/** Returns true if a text is a script of netloom, which may be overwritten. */
export function isNodeScript(text: string): boolean {
  return text.startsWith(`#!/bin/sh\n${RECOGNISED}`);
}

/** A script that a node runs by itself. */
export interface NodeScript {
  readonly node: string;
  /** What it is, in one line: `the plan of demo for n1`. */
  readonly title: string;
  /** Further lines of its heading. */
  readonly about: readonly string[];
  /** What `READ_IDENTITY` printed on the node. */
  readonly identity: string;
  /** The text in the lock's file (`holderText`). */
  readonly holder: string;
  readonly preconditions: readonly Precondition[];
  readonly steps: readonly ScriptStep[];
}

/**
 * Returns a POSIX sh script. Run as root, it checks the node, takes its lock, tests the preconditions, and runs the
 * steps one after the other; the first that fails ends it. Before the first step it changes nothing.
 */
export function nodeScript({ node, title, about, identity, holder, preconditions, steps }: NodeScript): string {
  const heading = [title, ...about].map(inOneLine);
  const end = steps.length === 0 ? 'nothing to do' : 'all steps are done';
  return [
    '#!/bin/sh',
    `${RECOGNISED} ${heading[0] ?? ''}`,
    ...heading.slice(1).map((line) => (line === '' ? '#' : `# ${line}`)),
    '#',
    '# Words in quotes are scripts for the shell inside a namespace, which expands them, and programs in Perl. A step',
    '# may define a function that none of its commands needs, and reports the exit code of a group of commands.',
    '# shellcheck disable=SC2016,SC1003,SC2317,SC2320',
    'LC_ALL=C; export LC_ALL; unset LANGUAGE ENV CDPATH; umask 022; cd / || exit',
    'PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"; export PATH',
    '',
    NODE_IDENTITY,
    STANDALONE,
    objects(steps),
    ...steps.map(stepFunction),
    '# The node is the one of the plan, and as it was then.',
    'require_root',
    shellLine(['require_node', node, identity]),
    shellLine(['take_lock', holder.trimEnd()]),
    ...(steps.length === 0 ? [] : [shellLine(['require_programs', ...programsOf(steps)])]),
    ...preconditions.map(precondition),
    'refuse_if_moved',
    '',
    ...steps.map(({ title: what }, i) => {
      const words = shellLine([`${String(i + 1)} of ${String(steps.length)}`, inOneLine(what)]);
      const number = String(i + 1);
      return `unless_stopped ${String(i)}
step_${number} </dev/null >"$log" 2>&1 || failed ${number} ${shellQuote(inOneLine(what))}
succeeded ${words}`;
    }),
    `${shellLine(['printf', '%s\\n', `${node}: ${end}`])} 2>/dev/null`,
    // Whether that could be printed is not its result.
    'exit 0',
    '',
  ].join('\n');
}

function stepFunction({ title, text }: ScriptStep, index: number): string {
  const name = `step_${String(index + 1)}`;
  return `# Step ${String(index + 1)}: ${inOneLine(title)}\n${name}() (\ntrap '' HUP INT; trap - PIPE\n${text}\n)\n`;
}

/** Returns the function that lists what each command is run for. No line of it can end the here-document. */
function objects(steps: readonly ScriptStep[]): string {
  const lines = steps.flatMap(({ parts }, i) =>
    parts.flatMap((part, j) =>
      part.map(({ address }, k) => [i + 1, j, isOfLines(part) ? k + 1 : '-', inOneLine(address)].map(String).join(' ')),
    ),
  );
  const each = [...new Set(lines)].join('\n');
  return `objects() {\n  cat <<'END_OF_OBJECTS'\n${each}\nEND_OF_OBJECTS\n}\n`;
}

/** Whether one program is given a line for each command, whose number it names. */
function isOfLines(part: readonly Step[]): boolean {
  const tools = new Set(part.map(({ command: { tool } }) => (tool.startsWith('netns-') ? 'ip' : tool)));
  return tools.size === 1 && ['ip', 'nft', 'ipset'].some((tool) => tools.has(tool as Step['command']['tool']));
}

const PROGRAMS: Partial<Record<Step['command']['tool'], readonly string[]>> = {
  ip: ['ip'],
  'netns-add': ['ip', 'perl'],
  'netns-del': ['ip'],
  'link-gone': ['ip'],
  ipset: ['ipset'],
  nft: ['nft'],
  ovs: ['ovs-vsctl'],
};

/** Returns the programs that the steps start. */
function programsOf(steps: readonly ScriptStep[]): readonly string[] {
  const commands = steps.flatMap(({ parts }) => parts.flat()).map(({ command }) => command);
  const names = commands.flatMap((command) => {
    if (command.tool === 'iptables') return [command.family === 6 ? 'ip6tables-restore' : 'iptables-restore'];
    if (command.tool === 'exec') return command.argv.slice(0, 1);
    return PROGRAMS[command.tool] ?? [];
  });
  const enters = commands.some((command) => 'netns' in command && command.netns !== null);
  return [...new Set([...names, ...(enters ? ['nsenter'] : [])])].sort();
}

function precondition({ address, exists, test }: Precondition): string {
  const { prints = '', identity = '' } = test;
  const word = exists ? 'require_existing' : 'require_missing';
  const path = test.netns === null ? '' : netnsPath(test.netns);
  return shellLine([word, inOneLine(address), path, prints, identity, ...test.argv]);
}
