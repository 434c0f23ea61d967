import { NODE_NAMESPACE } from '../model/command.ts';
import { DiagnosticError } from '../model/diagnostic.ts';
import type { Step } from '../model/plan.ts';

/** Where a line is run: for its error. */
export interface BatchLocation {
  readonly node: string;
  readonly netns?: string;
}

/** A word of `ip -batch`: it has no escape, and `#` cuts a line even inside quotes. */
const IP_WORD = /^[A-Za-z0-9_.:/@%+,=*-]+$/;

/**
 * The descriptor by which a line of `ip -batch` names the node's own namespace. A pid would be looked up in another
 * namespace of pids, and can belong to another process by then. Jobs have it closed; only that `ip` inherits it.
 */
const NODE_DESCRIPTOR = 8;

/** Returns whether a line names the node's own namespace. */
function namesNode(words: readonly string[]): boolean {
  return words.includes(NODE_NAMESPACE);
}

/** Returns the redirection with which a shell in the node's own namespace gives these lines of `ip` that descriptor. */
export function holdingNode(lines: readonly (readonly string[])[]): string {
  return lines.some(namesNode) ? ` ${String(NODE_DESCRIPTOR)}</proc/self/ns/net` : '';
}

/** `ip` 6.1 opens the node's own namespace for each line that names it, and closes none. */
const NAMED_WITHIN_LIMIT = 500;

/** Returns a line that raises the shell's limit of open files, if `ip` needs more than the usual 1024. */
export function raisedLimit(steps: readonly Step[]): string {
  const named = steps.filter(({ command }) => command.tool === 'ip' && namesNode(command.words)).length;
  return named > NAMED_WITHIN_LIMIT ? 'ulimit -S -n "$(ulimit -H -n)"\n' : '';
}

/**
 * Returns a line of `ip -batch`. Throws a DiagnosticError for a word outside the closed alphabet. No word of a topology
 * is outside it, but one read from a foreign object could be, when that object's addresses and routes are moved.
 */
export function ipLine(words: readonly string[], location: BatchLocation): string {
  checkAlphabet(IP_WORD, 'ip', words, location);
  return words.map((word) => (word === NODE_NAMESPACE ? `/proc/self/fd/${String(NODE_DESCRIPTOR)}` : word)).join(' ');
}

/** A word of `ipset restore`: names, addresses and keywords; none that begins as an option does. */
const IPSET_WORD = /^(?!-)[A-Za-z0-9_.:/-]+$/;

/** Returns a line of `ipset restore`. Throws as `ipLine` does. */
export function ipsetLine(words: readonly string[], location: BatchLocation): string {
  checkAlphabet(IPSET_WORD, 'ipset', words, location);
  return words.join(' ');
}

function checkAlphabet(alphabet: RegExp, program: string, words: readonly string[], location: BatchLocation): void {
  for (const word of words) {
    if (alphabet.test(word)) continue;
    throw new DiagnosticError([
      {
        code: 'NLA03',
        severity: 'error',
        summary: `${JSON.stringify(word)} can't be given to ${program}`,
        detail: `The line would be: ${words.join(' ')}`,
        place: location,
        hint: 'rename the object that carries this name by hand',
      },
    ]);
  }
}
