import { READ_IDENTITY, nodeScript } from '../apply/standalone/node-script.ts';
import { nodesFirst } from '../apply/standalone/node-order.ts';
import { batchStep } from '../apply/standalone/step.ts';
import type { Shell } from '../model/host.ts';
import { holderText } from '../model/lock-holder.ts';
import type { Plan } from '../model/plan.ts';
import { preconditionsOf } from '../plan/preconditions.ts';
import type { Shells } from './nodes.ts';

export { isNodeScript } from '../apply/standalone/node-script.ts';

/**
 * Returns a plan as one script for each node that was read, which has the same effect as an apply.
 * @throws DiagnosticError NLA20 if two nodes wait for each other
 */
export async function scriptsOf(plan: Plan, shells: Shells, version: string): Promise<ReadonlyMap<string, string>> {
  const first = nodesFirst(plan.batches);
  const scripts = await Promise.all(
    [...shells].map(async ([node, shell]) => {
      const before = [...(first.get(node) ?? [])];
      return [node, await scriptOf(plan, shell, before, version)] as const;
    }),
  );
  return new Map(scripts);
}

async function scriptOf(plan: Plan, shell: Shell, before: readonly string[], version: string): Promise<string> {
  const { node } = shell;
  const identity = (await shell.read(READ_IDENTITY)).trim();
  const steps = plan.batches.filter((batch) => batch.node === node).map((batch) => batchStep(batch, shell));
  const title = `the plan of ${plan.topology} for ${node}`;
  return nodeScript({
    node,
    title,
    about: [
      `Made by netloom ${version}. Run it as root on ${node}: it checks that the node is as it was when the plan`,
      'was made, and ends at the first step that fails. It may hold secrets of the topology.',
      ...(before.length > 0
        ? [`Run first, in any order: the ${before.length === 1 ? 'script' : 'scripts'} of ${before.join(', ')}.`]
        : []),
    ],
    identity,
    holder: holderText({ host: node, user: 'root', pid: '', command: title }),
    preconditions: preconditionsOf(plan.changes, node, plan.topology),
    steps,
  });
}
