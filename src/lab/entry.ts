import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { labError } from './errors.ts';
import { holdsLock, PROC } from './lock.ts';
import { labShape } from './shape-of.ts';
import { memberKey, type LabTopology, type Member } from './shape.ts';
import { checkPrivate, hasStateDir, labsDir, stateDir, userId } from './state-dir.ts';

/** A lab that is up: its name, and the pid of its pid 1 as we see it. */
export interface RunningLab {
  readonly name: string;
  readonly pid: number;
}

/** The lab of a topology, if it is up. */
export async function runningLab(name: string, proc = PROC): Promise<RunningLab | undefined> {
  if (!(await hasStateDir(name))) return undefined;
  const dir = stateDir(name);
  await checkPrivate(labsDir());
  await checkPrivate(dir);
  const pid = Number(await readFile(path.join(dir, 'pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  // A pid alone proves nothing: it is the lab's when it holds the lab's lock, and it writes it down once it does.
  const held = await holdsLock(pid, path.join(dir, 'lock'), proc);
  const ready = await access(path.join(filesOf(pid, proc), 'ready')).then(
    () => true,
    () => false,
  );
  return ready && held ? { name, pid } : undefined;
}

/** The lab of a topology; an error when it is down. */
export async function requireLab(name: string, proc = PROC): Promise<RunningLab> {
  const lab = await runningLab(name, proc);
  if (lab !== undefined) return lab;
  throw labError({ code: 'NLL003', summary: `The lab ${name} is not up`, hint: 'Start it with: netloom lab up' });
}

/** `nsenter` and its arguments to run a program in the part of the lab where the switches are. */
export function labEntry(lab: RunningLab): string[] {
  return ['nsenter', ...asUser(), '-t', String(lab.pid), '-n', '-m', '-u', '-p', '-i', '--'];
}

/** `nsenter` and its arguments to run a program in the member called `name`: a node, an instance or an outside host. `proc` is not /proc in tests alone. */
export async function enterMember(topology: LabTopology, name: string, proc = PROC): Promise<string[]> {
  const shape = labShape(topology);
  const member = shape.members.find((each) => each.name === name);
  if (member === undefined) {
    throw labError({
      code: 'NLL011',
      summary: `The lab ${shape.name} has no ${name}`,
      hint: `It has: ${shape.members.map((each) => each.name).join(', ')}`,
    });
  }
  const lab = await requireLab(shape.name, proc);
  const pid = await memberPid(lab, member, proc);
  if (pid !== undefined) return memberEntry(lab, pid);
  throw labError({
    code: 'NLL008',
    summary: `The lab ${shape.name} has no ${member.kind} ${name}`,
    hint: 'The file has changed since the lab was brought up. Run: netloom lab up',
  });
}

function memberEntry(lab: RunningLab, pid: number): string[] {
  const ns = `/proc/${String(lab.pid)}/root/proc/${String(pid)}/ns`;
  const own = [`--net=${ns}/net`, `--mount=${ns}/mnt`, `--uts=${ns}/uts`];
  return ['nsenter', ...asUser(), '-t', String(lab.pid), '-p', '-i', ...own, '--'];
}

/** The pid, inside the lab, of a member's first process. */
async function memberPid(lab: RunningLab, member: Member, proc: string): Promise<number | undefined> {
  const file = path.join(filesOf(lab.pid, proc), memberKey(member), 'pid');
  const text = await readFile(file, 'utf8').catch(() => '');
  return text === '' ? undefined : Number(text);
}

/** What a lab writes down of itself, in its own /run. */
function filesOf(pid: number, proc: string): string {
  return path.join(proc, String(pid), 'root/run/netloom-lab');
}

function asUser(): string[] {
  return userId() === 0 ? [] : ['-U', '--preserve-credentials'];
}
