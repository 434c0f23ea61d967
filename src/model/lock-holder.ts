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
    const list = stuck.join(', ');
    return `the lock stays held until these processes on ${node} have ended, which cannot be killed: ${list}`;
  }
  return (
    'wait until it has ended, with --lock-timeout for longer, and apply again; ' +
    'if it never ends, the command unlock ends it'
  );
}

/** Returns the lines with which a client takes a lock: who it is, for those who wait. */
export function holderText(client: Readonly<Record<'host' | 'user' | 'pid' | 'command', string>>): string {
  return Object.entries(client)
    .map(([key, value]) => `${key}=${value.replaceAll(/[\0-\x1f\x7f]/g, ' ').slice(0, 200)}\n`)
    .join('');
}
