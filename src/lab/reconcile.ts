import { shellQuote } from '../hosts/quote.ts';
import type { Shell } from '../model/host.ts';
import { labError } from './errors.ts';
import type { LabEvent } from '../model/event.ts';
import { cableName, switchName } from './names.ts';
import { memberKey, type Cable, type LabShape, type Member } from './shape.ts';
import { missingSwitches, startSwitches } from './switches.ts';
import { observeLab, specOf, type ObservedLab, type ObservedMember } from './observed.ts';
import * as steps from './steps.ts';

/** The difference between the observed and the desired lab. */
interface Difference {
  readonly removedMembers: readonly ObservedMember[];
  readonly addedMembers: readonly Member[];
  readonly removedDevices: readonly { readonly name: string; readonly alias: string }[];
  readonly addedSwitches: readonly string[];
  readonly addedCables: readonly Cable[];
}

/** Changes a running lab to its shape through a shell in its switches' namespace. Returns true if anything changed. */
export async function reconcile(shell: Shell, shape: LabShape, onEvent: (event: LabEvent) => void): Promise<boolean> {
  const observed = await observeLab(shell);
  const difference = compare(observed, shape);
  const pids = new Map(observed.members.map((member) => [memberKey(member), member.pid]));
  const first = [
    ...steps.removeDevices(difference.removedDevices.map(({ name }) => name)),
    ...steps.removeMembers(difference.removedMembers),
    ...steps.createSwitches(difference.addedSwitches),
    ...steps.startMembers(difference.addedMembers),
  ];
  if (first.length > 0) {
    const output = await shell.read(steps.fabricScript(first));
    for (const [key, pid] of parsePids(output)) pids.set(key, pid);
    await checkStarted(shell, difference.addedMembers, output);
  }
  const second = secondStep(observed, shape, difference, pids);
  if (second.length > 0) await shell.read(steps.fabricScript(second));
  const switches = missingSwitches(shape, observed, difference.addedMembers);
  await startSwitches(shell, switches, (member) => pids.get(member) ?? 0);
  report(difference, onEvent);
  for (const { name } of switches) onEvent({ type: 'switch-started', node: name });
  return first.length + second.length + switches.length > 0;
}

function compare(observed: ObservedLab, shape: LabShape): Difference {
  const desired = new Map(shape.members.map((member) => [memberKey(member), member]));
  const recreatedNodes = new Set<string>();
  const stays = (member: ObservedMember): boolean => {
    const target = desired.get(memberKey(member));
    return target !== undefined && member.spec?.identity === specOf(target).identity;
  };
  for (const member of observed.members) if (member.kind === 'node' && !stays(member)) recreatedNodes.add(member.name);
  // An instance is recreated with its node: its devices were removed with the node.
  const kept = observed.members.filter((member) => stays(member) && !recreatedNodes.has(member.spec?.node ?? ''));
  const keptKeys = new Set(kept.map(memberKey));
  const devices = new Map(observed.devices.map(({ name, alias }) => [name, alias]));
  const cableStays = (cable: Cable): boolean =>
    keptKeys.has(cable.member) && devices.get(cableName(cable.member, cable.nic)) === steps.cableAlias(cable);
  const keptDevices = new Set([
    ...shape.switches.filter((network) => devices.get(switchName(network)) === network).map(switchName),
    ...shape.cables.filter(cableStays).map(({ member, nic }) => cableName(member, nic)),
  ]);
  return {
    removedMembers: observed.members.filter((member) => !keptKeys.has(memberKey(member))),
    addedMembers: shape.members.filter((member) => !keptKeys.has(memberKey(member))),
    removedDevices: observed.devices.filter(({ name }) => !keptDevices.has(name)),
    addedSwitches: shape.switches.filter((network) => !keptDevices.has(switchName(network))),
    addedCables: shape.cables.filter(({ member, nic }) => !keptDevices.has(cableName(member, nic))),
  };
}

function secondStep(
  observed: ObservedLab,
  shape: LabShape,
  difference: Difference,
  pids: ReadonlyMap<string, number>,
): string[] {
  const pidOf = (key: string): number => pids.get(key) ?? 0;
  const added = new Set(difference.addedMembers.map(memberKey));
  // The kernel removes a route together with its NIC.
  const plugged = new Set(difference.addedCables.map(({ member }) => member));
  const routed = shape.members.filter((member) => plugged.has(memberKey(member)) || added.has(memberKey(member)));
  const known = new Map(observed.members.map((member) => [memberKey(member), member.spec]));
  return [
    ...steps.createCables(difference.addedCables, pidOf),
    ...routed.flatMap((member) => steps.setRoutes(member, pidOf(memberKey(member)))),
    ...difference.addedMembers
      .filter(({ node }) => node !== undefined)
      .map((member) => steps.showGuest(member.name, pidOf(memberKey(member)), pidOf(`node/${member.node ?? ''}`))),
    ...shape.members.flatMap((member) => {
      const key = memberKey(member);
      return steps.completeMember(member, pidOf(key), added.has(key) ? undefined : known.get(key));
    }),
  ];
}

/** Parses the lines `KIND NAME PID` that members print when they are ready. */
function parsePids(output: string): [string, number][] {
  return output
    .split('\n')
    .map((line) => line.split(' '))
    .filter((words) => words.length === 3)
    .map(([kind = '', name = '', pid = '']) => [`${kind}/${name}`, Number(pid)]);
}

async function checkStarted(shell: Shell, members: readonly Member[], output: string): Promise<void> {
  const ready = new Set(parsePids(output).map(([key]) => key));
  const failed = members.find((member) => !ready.has(memberKey(member)));
  if (failed === undefined) return;
  const log = await shell.read(`cat ${shellQuote(`/run/netloom-lab/${memberKey(failed)}/log`)} || :`);
  throw labError({ code: 'NLL005', summary: `The lab's ${failed.kind} ${failed.name} did not start`, detail: log });
}

function report(difference: Difference, onEvent: (event: LabEvent) => void): void {
  for (const { kind, name } of difference.removedMembers) onEvent({ type: 'member-removed', kind, name });
  for (const { kind, name } of difference.addedMembers) onEvent({ type: 'member-added', kind, name });
  for (const { name, alias } of difference.removedDevices) {
    if (name.startsWith('cb-')) onEvent({ type: 'cable-removed', cable: alias.split('@', 1)[0] ?? alias });
  }
  for (const { member, nic } of difference.addedCables) onEvent({ type: 'cable-added', cable: `${member}/${nic}` });
}
