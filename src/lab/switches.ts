import { shellQuote } from '../hosts/quote.ts';
import type { Shell } from '../model/host.ts';
import { labError } from './errors.ts';
import { memberKey, type LabShape, type Member } from './shape.ts';
import type { ObservedLab } from './observed.ts';
import * as steps from './steps.ts';

/** Returns the nodes whose Open vSwitch must be started: they are new, or a daemon has died. */
export function missingSwitches(shape: LabShape, observed: ObservedLab, added: readonly Member[]): Member[] {
  const fresh = new Set(added.map(memberKey));
  const running = new Set(observed.members.filter(({ switchRuns }) => switchRuns).map(memberKey));
  return shape.members.filter((member) => {
    const key = memberKey(member);
    return member.openvswitch && (fresh.has(key) || !running.has(key));
  });
}

/**
 * Starts the Open vSwitch of nodes and waits until each answers.
 * @throws DiagnosticError NLL014 with the log of the first node whose Open vSwitch does not
 */
export async function startSwitches(
  shell: Shell,
  nodes: readonly Member[],
  pidOf: (member: string) => number,
): Promise<void> {
  if (nodes.length === 0) return;
  const lines = (await shell.read(steps.fabricScript(steps.startSwitches(nodes, pidOf)))).split('\n');
  const failed = nodes.find(({ name }) => !lines.includes(`switch ${name}`));
  if (failed === undefined) return;
  throw labError({
    code: 'NLL014',
    summary: `Open vSwitch did not start in node ${failed.name}`,
    detail: await shell.read(`cat ${shellQuote(`/run/netloom-lab/node/${failed.name}/switch.log`)} || :`),
    hint: '`netloom doctor` shows the requirements of Open vSwitch; then bring the lab up again',
  });
}
