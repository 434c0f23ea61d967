import type { LockHolder } from './host.ts';

/**
 * Returns who holds a lock, as far as it is known: `alice@admin1, pid 4711, for 12 s (netloom apply demo.yaml)`;
 * `undefined` if nothing is.
 */
export function heldBy({ host, user, pid, command, ageSeconds }: LockHolder): string | undefined {
  const name = [user, host].filter((part) => part !== undefined).join('@');
  const parts = [
    ...(name === '' ? [] : [name]),
    ...(pid === undefined ? [] : [`pid ${String(pid)}`]),
    ...(ageSeconds === undefined ? [] : [`for ${age(ageSeconds)}`]),
  ];
  if (parts.length === 0) return undefined;
  return parts.join(', ') + (command === undefined ? '' : ` (${command})`);
}

function age(seconds: number): string {
  if (seconds < 120) return `${String(seconds)} s`;
  if (seconds < 7200) return `${String(Math.floor(seconds / 60))} min`;
  return `${String(Math.floor(seconds / 3600))} h`;
}

/** Returns what to do about a lock that is held. */
export function heldHint(node: string, { stuck }: LockHolder): string {
  if (stuck.length > 0) {
    return `the lock stays held until these processes on ${node} have ended, which cannot be killed: ${stuck.join(', ')}`;
  }
  return (
    'wait until it has ended, for longer with --lock-timeout, and apply again; ' +
    '`netloom unlock` ends it and frees the lock'
  );
}
