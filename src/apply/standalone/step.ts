import type { Batch, Step } from '../../model/plan.ts';
import { batchScript, type Runner } from '../script.ts';

/** One step of a script that a node runs by itself. */
export interface ScriptStep {
  /** What it does, in one line. */
  readonly title: string;
  /** POSIX sh. It is run in a subshell, and fails with any exit code but 0. */
  readonly text: string;
  /** The objects of each part of `text`, by the numbers that it prints (`@part 2 1`), as `failure.ts` reads them. */
  readonly parts: readonly (readonly Step[])[];
}

/** Returns the step that carries out a batch once. */
export function batchStep(batch: Batch, at: Runner): ScriptStep {
  const { text, parts } = batchScript(batch, at);
  return { title: titleOf(batch), text, parts };
}

function titleOf({ node, netns, lane, steps }: Batch): string {
  const commands = steps.length === 1 ? '1 command' : `${String(steps.length)} commands`;
  const where = netns ?? node;
  if (lane === 'birth') return `create ${where}, with ${commands}`;
  return `${commands}${lane === 'sh' ? '' : ` of ${lane}`} in ${where}`;
}
