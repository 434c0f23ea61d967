import { hostname, userInfo } from 'node:os';
import { commandLine } from '../model/command-line.ts';
import { holderText } from '../model/lock-holder.ts';

/** Returns what a lock's file tells about this process. */
export function clientText(argv: readonly string[]): string {
  const { SUDO_USER: sudo } = process.env;
  return holderText({
    host: hostname(),
    user: userName() + (sudo === undefined ? '' : ` (sudo by ${sudo})`),
    pid: String(process.pid),
    command: commandLine(...argv),
  });
}

/** A user id may have no name, as in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? '');
  }
}
