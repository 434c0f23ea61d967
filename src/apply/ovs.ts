import { shellLine } from '../hosts/quote.ts';
import type { Step } from '../model/plan.ts';

/** Seconds for a transaction: ovs-vsctl waits until ovs-vswitchd has done what was written, which takes milliseconds, or for ever. */
const TIMEOUT = 10;

/** The exit code is 0 also when a port could not be made: then only what it says on stderr tells. */
const UNMADE = 'Error detected while setting up';

function wordsOf({ command }: Step): readonly string[] {
  return command.tool === 'ovs' ? command.words : [];
}

/** Whether a command takes a port or a bridge away. */
export function takesAway(step: Step): boolean {
  return wordsOf(step).some((word) => word === 'del-port' || word === 'del-br');
}

function script(steps: readonly Step[]): string {
  const words = ['ovs-vsctl', `--timeout=${TIMEOUT}`, ...steps.flatMap((step) => ['--', ...wordsOf(step)])];
  return `said=$(${shellLine(words)} 2>&1 >/dev/null); c=$?; printf '%s\\n' "$said"
case $c:$said in 142:*) printf 'ovs-vswitchd did not carry it out within ${TIMEOUT} s\\n' ;; 0:*'${UNMADE}'*) c=1 ;; esac; (exit $c)`;
}

/** A part of a batch's script, and the steps it carries out. */
interface Part {
  readonly script: string;
  readonly steps: readonly Step[];
}

/**
 * All `ovs` commands of a batch as transactions, by the step in whose place each is run. There are two: what is taken away has to be gone before it is made
 * again, since ovs-vswitchd sees only what a transaction comes to, and would keep the dead device of a port that is deleted and added in one. The
 * first is run where the last of its commands stands, after whatever that waits for; the other one after it, where its first stands.
 */
export function ovsParts(steps: readonly Step[]): ReadonlyMap<Step, readonly Part[]> {
  const mine = steps.filter(({ command }) => command.tool === 'ovs');
  const gone = mine.filter(takesAway);
  const made = mine.filter((step) => !takesAway(step));
  const last = gone.at(-1);
  const first = last === undefined ? made[0] : steps.slice(steps.indexOf(last)).find((step) => made.includes(step));
  const parts = new Map<Step, readonly Part[]>();
  if (last) parts.set(last, [{ script: script(gone), steps: gone }]);
  const place = first ?? last;
  if (place && made.length > 0) {
    parts.set(place, [...(parts.get(place) ?? []), { script: script(made), steps: made }]);
  }
  return parts;
}
