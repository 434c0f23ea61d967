import { closeSync, openSync } from 'node:fs';

/** True if this user can create taps: /dev/net/tun can be opened. */
export function tapsCanBeMade(): boolean {
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return true;
  } catch {
    return false;
  }
}
