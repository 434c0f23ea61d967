import { closeSync, openSync } from 'node:fs';

/** Where the device is not open to an ordinary user, a tap is nothing he can make. */
export function tapsCanBeMade(): boolean {
  try {
    closeSync(openSync('/dev/net/tun', 'r+'));
    return true;
  } catch {
    return false;
  }
}
