import { InvalidArgumentError } from 'commander';
import { isTopologyName } from '../../model/mark.ts';
import type { MachineReach } from '../../session/machines.ts';

/** `reach.user` and `reach.host` of a topology allow the same characters. */
const HOST = /^(?:(?<user>[A-Za-z_][A-Za-z0-9_.-]{0,31})@)?(?<host>[A-Za-z0-9_][A-Za-z0-9_.-]{0,252})$/;

/** Reads a topology's name on the command line. @throws InvalidArgumentError */
export function readTopologyName(text: string): string {
  if (isTopologyName(text)) return text;
  throw new InvalidArgumentError('a name has lower-case letters, digits and dashes, 19 at most.');
}

/** Reads a host on the command line: `[USER@]HOST`. @throws InvalidArgumentError */
export function readHost(text: string): string {
  if (HOST.test(text)) return text;
  throw new InvalidArgumentError('it must be [USER@]HOST; set ports and keys in ssh_config.');
}

/** Returns how each host is reached, by its word on the command line. */
export function reachesOf(hosts: readonly string[]): ReadonlyMap<string, MachineReach> {
  return new Map(
    hosts.map((text): [string, MachineReach] => {
      const { user, host = text } = HOST.exec(text)?.groups ?? {};
      return [text, { host, ...(user !== undefined && { user }) }];
    }),
  );
}
