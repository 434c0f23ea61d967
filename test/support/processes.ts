import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Returns the pids of this host's running processes, without zombies. */
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

/** Returns a process's namespace of a type, such as `net:[4026532000]`; empty if the process has ended. */
export function namespaceOf(pid: string, kind: string): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return '';
  }
}
