import { shellLine } from '../hosts/quote.ts';
import type { Step } from '../model/plan.ts';

/**
 * Seconds for a transaction: ovs-vsctl waits until ovs-vswitchd has carried it out, which takes milliseconds, or for
 * ever.
 */
const TIMEOUT = 10;

const TIMED_OUT = `ovs-vswitchd did not carry it out within ${TIMEOUT} s`;

/** The exit code is 0 even if a port could not be created: only stderr tells. */
const SETUP_ERROR = 'Error detected while setting up';

function wordsOf({ command }: Step): readonly string[] {
  return command.tool === 'ovs' ? command.words : [];
}

/** Returns whether a command deletes a port or a bridge. */
export function isDeletion(step: Step): boolean {
  return wordsOf(step).some((word) => word === 'del-port' || word === 'del-br');
}

function script(steps: readonly Step[]): string {
  const words = ['ovs-vsctl', `--timeout=${TIMEOUT}`, ...steps.flatMap((step) => ['--', ...wordsOf(step)])];
  return `said=$(${shellLine(words)} 2>&1 >/dev/null); c=$?; printf '%s\\n' "$said"
case $c:$said in 142:*) printf '${TIMED_OUT}\\n' ;; 0:*'${SETUP_ERROR}'*) c=1 ;; esac; (exit $c)`;
}

/** A part of a batch's script, and its steps. */
interface Part {
  readonly script: string;
  readonly steps: readonly Step[];
}

/**
 * Returns all `ovs` commands of a batch as transactions, keyed by the step at which each is run. There are two, since
 * deletions must be committed before objects are recreated: ovs-vswitchd sees only the result of a transaction, and
 * would keep the dead device of a port that is deleted and added in one. The deletions are run at the last of them,
 * after all they wait for; the rest after that, at its own first step.
 */
export function ovsParts(steps: readonly Step[]): ReadonlyMap<Step, readonly Part[]> {
  const mine = steps.filter(({ command }) => command.tool === 'ovs');
  const deletions = mine.filter(isDeletion);
  const others = mine.filter((step) => !isDeletion(step));
  const last = deletions.at(-1);
  const first = last === undefined ? others[0] : steps.slice(steps.indexOf(last)).find((step) => others.includes(step));
  const parts = new Map<Step, readonly Part[]>();
  if (last) parts.set(last, [{ script: script(deletions), steps: deletions }]);
  const position = first ?? last;
  if (position && others.length > 0) {
    parts.set(position, [...(parts.get(position) ?? []), { script: script(others), steps: others }]);
  }
  return parts;
}
