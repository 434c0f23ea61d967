// Loaded into a process before its program: writes the most memory that it had, in bytes, to file descriptor 3 when it
// ends. (The maximum in resourceUsage() includes what the process was before exec.)
import { readFileSync, writeSync } from 'node:fs';

process.on('exit', () => {
  const [, kilobytes] = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  writeSync(3, String(Number(kilobytes) * 1024));
});
