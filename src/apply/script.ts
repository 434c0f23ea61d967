import { wordsLine } from '../hosts/birth.ts';
import { shellLine, shellQuote } from '../hosts/quote.ts';
import type { Command } from '../model/command.ts';
import type { DirectJob } from '../model/host.ts';
import type { Batch, Step } from '../model/plan.ts';
import { netnsPath, type Netns } from '../model/resource.ts';
import { programText } from '../programs/text.ts';
import { nftTransactions, type Transaction } from './nft.ts';
import { ovsParts, isDeletion } from './ovs.ts';
import { birthText } from './birth.ts';
import { CHAINS, chainsInput, ruleRestores } from './inputs.ts';
import { holdingNode, ipLine, ipsetLine, raisedLimit, type BatchLocation } from './words.ts';

/** A command that a shell runs by itself. */
export type ShCommand = Exclude<
  Command,
  { tool: 'ip' | 'ipset' | 'iptables' | 'chain' | 'nft' | 'ovs' | 'netns-add' | 'netns-del' }
>;
type IpCommand = Extract<Command, { tool: 'ip' }>;
type IpsetCommand = Extract<Command, { tool: 'ipset' }>;

/** A shell script for one batch. Its output on failure is parsed by `failure.ts`. */
export interface BatchScript {
  readonly text: string;
  /**
   * The steps of each part number that the script may print; for `ip -batch` and `ipset restore`, the steps of its
   * lines.
   */
  readonly parts: readonly (readonly Step[])[];
  /** What does the same without a shell, if there is such a thing. */
  readonly direct?: DirectJob;
}

/** The shell that runs a script. */
export interface Runner {
  /** It is an unprivileged user's. */
  readonly rootless: boolean;
}

const END = 'NETLOOM_END';

/** Returns a program with a text on its standard input. */
export function heredoc(program: string, text: string): string {
  return `${program} ${hereText(text)}`;
}

/** Returns the redirection of a program's standard input from this text; `rest` is the rest of its line. */
function hereText(text: string, rest = ''): string {
  return `<<'${END}'${rest}\n${text}\n${END}`;
}

/**
 * Returns the words that start a program in a namespace: `ip -n` takes only names, `nsenter` also the path of a
 * guest's.
 */
export function enter(netns: Netns): string {
  if (netns === null) return '';
  return `nsenter --net=${shellQuote(netnsPath(netns))} `;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

const LINK_GONE = programText(new URL('./link-gone.sh', import.meta.url));
const SIGNAL_PROCESS = programText(new URL('./signal-process.sh', import.meta.url));
const END_DAEMON = programText(new URL('./end-daemon.sh', import.meta.url));
const RESTORE_CHAINS = `restore_chains() { perl -e ${shellQuote(CHAINS)}; }\n`;

/** The functions that a command's script calls. They get values as arguments: nothing observed becomes source code. */
export const FUNCTIONS: Partial<Record<Command['tool'], string>> = {
  'link-gone': LINK_GONE,
  'netns-del': LINK_GONE,
  signal: SIGNAL_PROCESS,
  'daemon-end': END_DAEMON,
  chain: RESTORE_CHAINS,
};

/** Returns the shell's words of one command. */
export function run(command: ShCommand, at: Runner): string {
  switch (command.tool) {
    case 'sysctl':
      return `printf '%s\\n' ${shellQuote(command.value)} >/proc/sys/${shellQuote(command.key)}`;
    case 'write': {
      const path = shellQuote(command.path);
      const decoded = command.encoding === 'base64' ? ' | base64 -d' : '';
      // printf(1) of a shell says only `I/O error`; cat says that there is no space.
      const text = `{ printf '%s' ${shellQuote(command.content)}${decoded} >${path}.new ||
{ echo | cat >>${path}.new; false; }; }`;
      // A file that others may not read is never readable for them, not even while it is written.
      const written = command.mode.endsWith('00') ? `(umask 077 && ${text})` : text;
      const folder = shellQuote(folderOf(command.path));
      const mode = shellQuote(command.mode);
      // What else has the name is not written through or moved into: a link, a folder, another user's file.
      const free = `{ { [ ! -e ${path}.new ] && [ ! -h ${path}.new ]; } || rm -rf ${path}.new; }`;
      const noFolder = `{ [ -h ${path} ] || [ ! -d ${path} ] || rm -rf ${path}; }`;
      const whole =
        `mkdir -p ${folder} && ${free} && ${written} && chmod ${mode} ${path}.new && ${noFolder} && ` +
        `mv -fT ${path}.new ${path}`;
      return command.keep ? `[ -f ${path} ] || { ${whole}; }` : whole;
    }
    case 'unlink': {
      // A folder may be missing, or another one's by now. Only the failure of the deletion counts.
      const emptied = command.emptied.map(
        (folder) => ` && { rmdir -p --ignore-fail-on-non-empty -- ${shellQuote(folder)} 2>/dev/null || :; }`,
      );
      return `rm -rf -- ${shellQuote(command.path)}${emptied.join('')}`;
    }
    case 'exec': {
      const argv = [...command.argv, ...((at.rootless ? command.rootlessArgv : command.rootArgv) ?? [])];
      // Descriptor 9 is the node's lock, which a daemon would keep.
      const program = `${shellLine(argv)} 9<&-`;
      const ok = (command.ok ?? [0]).filter((code) => code !== 0);
      if (command.says !== undefined) return checked(program, [0, ...ok], command.says, command.again);
      return ok.length === 0
        ? program
        : `{ ${program}; c=$?; case $c in 0|${ok.join('|')}) : ;; *) (exit $c) ;; esac; }`;
    }
    case 'link-gone':
      return shellLine(['link_gone', ...command.devices]);
    case 'daemon-end':
      return shellLine(['end_daemon', command.netns === null ? '1' : '0', command.state, ...command.programs]);
    case 'signal':
      return shellLine(['signal_process', command.signal, String(command.pid), command.start, command.argvHas]);
  }
}

/**
 * Runs a program that has succeeded only if it exits with one of these codes and stderr has this text; with the text
 * `again` on stderr it is run again.
 */
function checked(program: string, codes: readonly number[], says: string, again?: string): string {
  const success = codes.map((code) => `${code}:*${shellQuote(says)}*`).join('|');
  const once = `said=$(${program} 2>&1 >/dev/null); c=$?`;
  const run =
    again === undefined
      ? once
      : `n=0; while ${once}; case $c:$said in ${success}) false ;; *${shellQuote(again)}*) : ;; *) false ;; esac &&
n=$((n + 1)) && [ $n -lt 20 ]; do :; done`;
  return `{ ${run}; case $c:$said in ${success}) : ;;
*) printf '%s\n' "\${said:-It printed nothing.}"; [ "$c" != 0 ] || c=1; (exit $c) ;; esac; }`;
}

/** Commands that one process runs together. */
interface Part {
  readonly script: string;
  readonly steps: readonly Step[];
}

function isRule({ command }: Step): boolean {
  return command.tool === 'iptables' || command.tool === 'chain';
}

/** Returns the restored chains of a batch. */
function chainParts(steps: readonly Step[]): readonly Part[] {
  const mine = steps.filter(({ command }) => command.tool === 'chain');
  return mine.length === 0 ? [] : [{ script: restoredChains(mine), steps: mine }];
}

/** Returns the program call that makes the chains of these steps what they were. */
export function restoredChains(steps: readonly Step[]): string {
  return heredoc('restore_chains', chainsInput(steps));
}

/** Returns the rules of a batch, one restore per IP version. */
function restoreParts(steps: readonly Step[], { rootless }: Runner): readonly Part[] {
  return ruleRestores(steps, rootless).map(({ argv, input, steps: its }) => ({
    script: heredoc(argv.join(' '), input),
    steps: its,
  }));
}

/** Returns the parts of a script; consecutive commands that one process runs together are one part. */
function shParts(steps: readonly Step[], at: Runner, location: BatchLocation): readonly Part[] {
  const isFirst = ({ command }: Step): boolean => command.tool === 'write' && command.first === true;
  const parts: Part[] = steps
    .filter(isFirst)
    .map((step) => ({ script: run(step.command as ShCommand, at), steps: [step] }));
  const nft = nftTransactions(steps, at.rootless);
  parts.push(...nft.creating.map(nftPart));
  const rules = [...restoreParts(steps, at), ...chainParts(steps)];
  const deleted = steps.filter((step) => step.command.tool === 'netns-del');
  const rest = steps.filter(
    (step) => !isFirst(step) && !['iptables', 'chain', 'nft', 'netns-del'].includes(step.command.tool),
  );
  const transactions = ovsParts(rest);
  // Rules come first, unless a port has to be deleted before they change.
  const isClosed = steps.slice(0, Math.max(steps.findIndex(isRule), 0)).some(isDeletion);
  const closing = isClosed ? rest.filter(isDeletion).at(-1) : undefined;
  if (!closing) parts.push(...rules);
  for (const step of rest) {
    const [first, ...more] = transactions.get(step) ?? [];
    parts.push(...(first ? [first] : []), ...(step === closing ? rules : []), ...more);
    if (step.command.tool !== 'ovs') parts.push({ script: run(step.command as ShCommand, at), steps: [step] });
  }
  if (deleted.length > 0) {
    const commands = deleted.map((step) => step.command as Extract<Command, { tool: 'netns-del' }>);
    const lines = commands.map(({ netns }) => ipLine(['netns', 'del', netns], location)).join('\n');
    const devices = commands.flatMap((command) => command.devices);
    const first = devices.length > 0 ? `${shellLine(['delete_at_once', ...devices])}\n` : '';
    parts.push({ script: `${first}${heredoc('ip -batch -', lines)}`, steps: deleted });
    if (devices.length > 0) parts.push({ script: shellLine(['link_gone', ...devices]), steps: deleted });
  }
  parts.push(...nft.deleting.map(nftPart));
  return parts;
}

function nftPart({ text, steps }: Transaction): Part {
  return { script: heredoc('nft -f -', text), steps };
}

/** Runs each part in its turn. Prints the number of the first that fails, and does not run the rest. */
function inTurn(parts: readonly Part[]): string {
  const functions = new Set(
    parts.flatMap(({ steps }) => steps.flatMap(({ command }) => FUNCTIONS[command.tool] ?? [])),
  );
  const turns = parts.map(({ script }, i) => `{ ${script}\n} || { printf '\\n@part %s %s\\n' ${i} "$?"; exit 1; }`);
  return [...functions].join('') + turns.join('\n');
}

/** Returns where the lines of a batch are run. */
export function batchLocation({ node, netns }: Batch): BatchLocation {
  return { node, ...(netns !== null && { netns }) };
}

function ipsetScript(batch: Batch): string {
  const lines = batch.steps.map((step) => ipsetLine((step.command as IpsetCommand).words, batchLocation(batch)));
  return heredoc(`${enter(batch.netns)}ipset -exist restore`, lines.join('\n'));
}

function ipScript(program: string, batch: Batch, rest = ''): string {
  const commands = batch.steps.map((step) => (step.command as IpCommand).words);
  return `${program}${holdingNode(commands)} ${hereText(ipLines(batch), rest)}`;
}

function ipLines(batch: Batch): string {
  const location = batchLocation(batch);
  return batch.steps.map((step) => ipLine((step.command as IpCommand).words, location)).join('\n');
}

/** Returns the request that does without a shell what `ipScript` does. */
function ipJob(batch: Batch): string {
  const { netns } = batch;
  const place =
    netns === null ? ['ip'] : netns.startsWith('/') ? ['nsenter', `--net=${netns}`, 'ip'] : ['ip', '-n', netns];
  return `${wordsLine([...place, '-batch', '-'])}\n${ipLines(batch)}\n`;
}

/** Returns the lines that revert a batch, the last line first. A line that has nothing to revert does no harm. */
function undoLines(batch: Batch): string {
  return batch.steps
    .flatMap(({ command }) =>
      command.tool === 'ip' && command.undo ? [ipLine(command.undo, { node: batch.node })] : [],
    )
    .reverse()
    .join('\n');
}

/**
 * Returns the script of one batch. A shell that has nothing left to do becomes the last program: each process that is
 * started takes a processor half a millisecond. Throws a DiagnosticError for a value that can't be passed as data.
 */
export function batchScript(batch: Batch, at: Runner): BatchScript {
  if (batch.lane === 'birth') {
    const { program, input, parts } = birthText(batch, at.rootless);
    const limit = raisedLimit(batch.steps);
    const direct: DirectJob | undefined = limit === '' ? { verb: 'birth', text: `${input}\n` } : undefined;
    return { text: heredoc(`${limit}exec ${program}`, input), parts, ...(direct && { direct }) };
  }
  if (batch.lane === 'ip') {
    const named = batch.netns !== null && !batch.netns.startsWith('/');
    const program = named ? `ip -n ${shellQuote(batch.netns)} -batch -` : `${enter(batch.netns)}ip -batch -`;
    const limit = raisedLimit(batch.steps);
    const undo = undoLines(batch);
    if (undo === '') {
      const direct: DirectJob | undefined = limit === '' ? { verb: 'run', text: ipJob(batch) } : undefined;
      return { text: `${limit}exec ${ipScript(program, batch)}`, parts: [batch.steps], ...(direct && { direct }) };
    }
    const undone = heredoc('ip -force -batch - >/dev/null 2>&1', undo);
    const script = `${limit}${ipScript(program, batch, ' || {')}\n${undone}\n(exit 1); }`;
    return { text: inTurn([{ script, steps: batch.steps }]), parts: [batch.steps] };
  }
  if (batch.lane === 'ipset') {
    return { text: inTurn([{ script: ipsetScript(batch), steps: batch.steps }]), parts: [batch.steps] };
  }
  const parts = shParts(batch.steps, at, batchLocation(batch));
  const text = inTurn(parts);
  return {
    text: batch.netns === null ? text : `exec ${enter(batch.netns)}sh -c ${shellQuote(text)}`,
    parts: parts.map((part) => part.steps),
  };
}
