import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { filesOf, runningLab } from './entry.ts';
import type { MemberKind } from './shape.ts';
import { checkPrivate, isLabName, labsDir, stateDir, TOPOLOGY_FILE } from './state-dir.ts';

/** A running lab. */
export interface LabSummary {
  readonly name: string;
  /** The pid of its pid 1 on this host. */
  readonly pid: number;
  /** The time of its start, in ISO 8601. */
  readonly since: string;
  /** The absolute path of the file of the last `lab up`; `null`: standard input. */
  readonly file: string | null;
  readonly nodes: readonly string[];
  readonly instances: readonly string[];
  readonly hosts: readonly string[];
}

/** Returns the sorted names of this user's labs that run or have left files. */
export async function labNames(): Promise<string[]> {
  const entries = await readdir(labsDir()).catch(() => undefined);
  if (entries === undefined) return [];
  await checkPrivate(labsDir());
  return entries.filter(isLabName).sort();
}

/** Returns this user's running labs, sorted by name. Changes nothing. */
export async function labList(): Promise<LabSummary[]> {
  const labs = await Promise.all((await labNames()).map(summary));
  return labs.filter((lab) => lab !== undefined);
}

async function summary(name: string): Promise<LabSummary | undefined> {
  const lab = await runningLab(name);
  if (lab === undefined) return undefined;
  const dir = stateDir(name);
  const [{ mtime }, file, nodes, instances, hosts] = await Promise.all([
    stat(path.join(dir, 'pid')),
    readFile(path.join(dir, TOPOLOGY_FILE), 'utf8').catch(() => ''),
    membersOf(lab.pid, 'node'),
    membersOf(lab.pid, 'instance'),
    membersOf(lab.pid, 'host'),
  ]);
  return { name, pid: lab.pid, since: mtime.toISOString(), file: file === '' ? null : file, nodes, instances, hosts };
}

async function membersOf(pid: number, kind: MemberKind): Promise<string[]> {
  const names = await readdir(path.join(filesOf(pid), kind)).catch(() => []);
  return names.sort();
}
