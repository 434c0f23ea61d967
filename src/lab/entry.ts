import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { commandLine, fileWord } from '../model/command-line.ts';
import { labError } from './errors.ts';
import { holdsLock, PROC } from './lock.ts';
import { noSuchTarget, targetName, type LabTarget } from './targets.ts';
import { labShape } from './shape-of.ts';
import { memberKey, type LabTopology, type Member } from './shape.ts';
import { checkPrivate, hasStateDir, labsDir, stateDir, userId } from './state-dir.ts';

/** A lab that is up: its name, and the pid of its pid 1 in this PID namespace. */
export interface RunningLab {
  readonly name: string;
  readonly pid: number;
}

/** Returns the lab of a topology if it is up. */
export async function runningLab(name: string, proc = PROC): Promise<RunningLab | undefined> {
  if (!(await hasStateDir(name))) return undefined;
  const dir = stateDir(name);
  await checkPrivate(labsDir());
  await checkPrivate(dir);
  const pid = Number(await readFile(path.join(dir, 'pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  // A pid alone proves nothing. The process is the lab's if it holds the lab's lock; it writes `ready` after that.
  const held = await holdsLock(pid, path.join(dir, 'lock'), proc);
  const ready = await access(path.join(filesOf(pid, proc), 'ready')).then(
    () => true,
    () => false,
  );
  return ready && held ? { name, pid } : undefined;
}

/** Returns the lab of a topology. @throws DiagnosticError NLL003 if it is down */
async function requireLab({ file, doc: { name } }: LabTopology, proc: string): Promise<RunningLab> {
  const lab = await runningLab(name, proc);
  if (lab !== undefined) return lab;
  throw labError({
    code: 'NLL003',
    summary: `The lab ${name} is not up`,
    hint: `run \`${commandLine('lab', 'up', fileWord(file))}\``,
  });
}

/** Returns `nsenter` and its arguments to run a program in the namespaces of the lab's switches. */
export function labEntry(lab: RunningLab): string[] {
  return ['nsenter', ...asUser(), '-t', String(lab.pid), '-n', '-m', '-u', '-p', '-i', '--'];
}

/**
 * Returns `nsenter` and its arguments to run a program in the member `name`: a node, an instance or an outside host.
 * Only tests pass a `proc` other than /proc.
 */
export async function enterMember(topology: LabTopology, name: string, proc = PROC): Promise<string[]> {
  const { members } = labShape(topology);
  const member = members.find((each) => each.name === name);
  if (member === undefined) throw noSuchTarget(topology, name);
  const { lab, pid } = await runningMember(topology, member, proc);
  return memberEntry(lab, pid);
}

/**
 * Returns `nsenter` and its arguments to run a program in a target of a lab.
 * @throws DiagnosticError NLL016 if the target's network namespace is missing
 */
export async function enterTarget(topology: LabTopology, target: LabTarget, proc = PROC): Promise<string[]> {
  const { lab, pid } = await runningMember(topology, target.member, proc);
  const entry = memberEntry(lab, pid);
  if (target.netns === null) return entry;
  const exists = await access(
    path.join(proc, String(lab.pid), 'root/proc', String(pid), 'root/run/netns', target.netns),
  ).then(
    () => true,
    () => false,
  );
  if (exists) return [...entry, 'ip', 'netns', 'exec', target.netns];
  throw labError({
    code: 'NLL016',
    summary: `${targetName(target)} has no namespace on ${target.member.name}`,
    detail: `The namespace would be ${target.netns}.`,
    hint: `run \`${commandLine('apply', '--lab', fileWord(topology.file))}\``,
  });
}

type MemberRef = Pick<Member, 'kind' | 'name'>;

/** Returns the lab, and the pid of a member's first process inside the lab. @throws DiagnosticError NLL003, NLL008 */
async function runningMember(
  topology: LabTopology,
  member: MemberRef,
  proc: string,
): Promise<{ readonly lab: RunningLab; readonly pid: number }> {
  const lab = await requireLab(topology, proc);
  const pid = await memberPid(lab, member, proc);
  if (pid !== undefined) return { lab, pid };
  throw labError({
    code: 'NLL008',
    summary: `The lab ${lab.name} has no ${member.kind} ${member.name}`,
    detail: 'The file has changed since the lab was brought up.',
    hint: `run \`${commandLine('lab', 'up', fileWord(topology.file))}\``,
  });
}

function memberEntry(lab: RunningLab, pid: number): string[] {
  const ns = `/proc/${String(lab.pid)}/root/proc/${String(pid)}/ns`;
  const own = [`--net=${ns}/net`, `--mount=${ns}/mnt`, `--uts=${ns}/uts`];
  return ['nsenter', ...asUser(), '-t', String(lab.pid), '-p', '-i', ...own, '--'];
}

/** Returns the pid of a member's first process inside the lab, if the lab has the member. */
async function memberPid(lab: RunningLab, member: MemberRef, proc: string): Promise<number | undefined> {
  const file = path.join(filesOf(lab.pid, proc), memberKey(member), 'pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' ? undefined : Number(text);
}

/** Returns the folder in a lab's own /run that has the state of its members. */
export function filesOf(pid: number, proc = PROC): string {
  return path.join(proc, String(pid), 'root/run/netloom-lab');
}

function asUser(): string[] {
  return userId() === 0 ? [] : ['-U', '--preserve-credentials'];
}
