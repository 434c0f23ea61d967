import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Shell } from '../../../src/model/host.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { batchScript } from '../../../src/apply/script.ts';
import { lockNodes } from '../../../src/session/lock.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import { planNetwork, type PlanResult } from '../../../src/session/plan.ts';
import type { Shells } from '../../../src/session/nodes.ts';
import { scriptUntil, type Moment } from './moment.ts';

/** The file of a node that exists while a batch waits to be told to go on, by another file. */
const GATE = '/run/moment';

/** Begins a script that waits until it is told to go on. */
const WAITS = `: >${GATE}; while [ ! -e ${GATE}.go ]; do sleep 0.01; done; rm -f ${GATE} ${GATE}.go\n`;

/** Waits on a node until a script waits there. */
export const BEGUN = `until [ -e ${GATE} ]; do sleep 0.01; done`;
/** Lets it go on, and waits until it has heard. */
export const GO_ON = `[ ! -e ${GATE} ] || { : >${GATE}.go; while [ -e ${GATE} ]; do sleep 0.01; done; }`;

/** Takes the locks and plans, as `apply --yes` does. */
export async function lockedPlan(graph: DesiredGraph, shells: Shells): Promise<PlanResult> {
  const busy = await lockNodes(shells, { waitMs: 20_000 });
  if (busy.length > 0) throw new Error(busy.map(({ summary }) => summary).join('\n'));
  return planNetwork(graph, shells);
}

/** Runs a script in a node, whose `sh` these words start. */
export async function runBeside([file = '', ...words]: readonly string[], script: string): Promise<void> {
  await promisify(execFile)(file, [...words, '-c', script], { timeout: 20_000 });
}

/**
 * Returns the shells of an apply that is ended at a moment of its plan: what is done by then is done, and then `end` is
 * called, before the apply can hear of it.
 */
export function endedAt(shells: Shells, { batches }: Plan, { batch: index, done }: Moment, end: End): Shells {
  const batch = batches[index];
  const shell = batch && shells.get(batch.node);
  if (!shell) throw new Error(`the plan has no batch ${String(index)}`);
  const { text } = batchScript(batch, shell);
  let isOver = false;
  const job: Shell['job'] = async (script, mayBegin) => {
    if (isOver || script !== text) return shell.job(script, mayBegin);
    isOver = true;
    if (done === 'running') {
      const running = shell.job(WAITS + script);
      running.catch(() => undefined);
      await end(batch.node, true);
      return running;
    }
    const until = scriptUntil(batch, done, shell);
    if (until !== '') {
      const { code, output } = await shell.job(until);
      if (code !== 0) throw new Error(`the part of a batch that is done fails: ${output}\n${until}`);
    }
    await end(batch.node, false);
    return shell.job(script);
  };
  return new Map([...shells, [batch.node, withJob(shell, job)]]);
}

/** Ends an apply in one of the ways; if `running`, a script waits on the node. */
export type End = (node: string, running: boolean) => Promise<void> | void;

/** Returns a shell that runs its jobs by this function. */
export function withJob(shell: Shell, job: Shell['job']): Shell {
  return new Proxy(shell, {
    get(target, key) {
      if (key === 'job') return job;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
