import { readdirSync, readFileSync } from 'node:fs';

/** Of most kernels, and of all that Debian builds: ticks a second in which /proc tells processor time. */
const TICKS = 100;

/**
 * Returns a process and all that descend from it: the processor time that they and their ended children took, in
 * milliseconds, and the memory of the process itself, in MB (10^6 bytes).
 * @param {number} pid
 */
export function usedBy(pid) {
  /** @type {Map<number, {parent: number, ticks: number}>} */
  const all = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program, in parentheses, can have spaces.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .map(Number);
      const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
      all.set(Number(name), { parent: fields[1] ?? 0, ticks: user + system + endedUser + endedSystem });
    } catch {
      // It has ended.
    }
  }
  let ticks = 0;
  for (const [each, { ticks: own }] of all) {
    for (let up = each; up !== 0; up = all.get(up)?.parent ?? 0) {
      if (up !== pid) continue;
      ticks += own;
      break;
    }
  }
  const [, resident = '0'] = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpuMs: (ticks * 1000) / TICKS, memoryMb: (Number(resident) * 1024) / 1e6 };
}
