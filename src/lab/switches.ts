import { shellQuote } from '../hosts/quote.ts';
import type { Shell } from '../model/host.ts';
import { labError } from './errors.ts';
import { memberKey, type LabShape, type Member } from './shape.ts';
import type { Standing } from './standing.ts';
import * as steps from './steps.ts';

/** The nodes that shall have Open vSwitch where it does not run: they are new, or a daemon of theirs has died. */
export function silentSwitches(shape: LabShape, standing: Standing, added: readonly Member[]): Member[] {
  const fresh = new Set(added.map(memberKey));
  const running = new Set(standing.members.filter(({ switchRuns }) => switchRuns).map(memberKey));
  return shape.members.filter((member) => {
    const key = memberKey(member);
    return member.openvswitch && (fresh.has(key) || !running.has(key));
  });
}

/**
 * Starts the Open vSwitch of nodes, and waits until each answers.
 * @throws DiagnosticError (NLL014) with what the daemons of the first that does not said.
 */
export async function startSwitches(
  shell: Shell,
  nodes: readonly Member[],
  pidOf: (member: string) => number,
): Promise<void> {
  if (nodes.length === 0) return;
  const said = (await shell.read(steps.fabricScript(steps.startSwitches(nodes, pidOf)))).split('\n');
  const failed = nodes.find(({ name }) => !said.includes(`switch ${name}`));
  if (failed === undefined) return;
  throw labError({
    code: 'NLL014',
    summary: `Open vSwitch did not start in node ${failed.name}`,
    detail: await shell.read(`cat ${shellQuote(`/run/netloom-lab/node/${failed.name}/switch.log`)} || :`),
    hint: '`netloom doctor` says what Open vSwitch needs; then bring the lab up again',
  });
}
