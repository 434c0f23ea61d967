import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The processes of this machine that run. One that has ended and waits for its parent to take note (a zombie) does nothing any more. */
export function runningProcesses(): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && runs(pid));
}

function runs(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** The namespace of a kind that a process is in, such as `net:[4026532000]`; empty for one that has gone. */
export function namespaceOf(pid: string, kind: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return '';
  }
}
