import type { Daemon } from './daemon.ts';
import { dnsmasq } from './dnsmasq.ts';
import { haproxy } from './haproxy.ts';

/** The daemons that netloom runs. */
export const DAEMONS: readonly Daemon[] = [dnsmasq, haproxy];

const BY_PROGRAM = new Map(DAEMONS.map((daemon) => [daemon.program, daemon]));

/** Returns the program that a command line runs, without its folder. */
export function programOf(argv: readonly string[]): string {
  return argv[0]?.split('/').at(-1) ?? '';
}

/** Returns the daemon that a command line runs, if it is one of `DAEMONS`. */
export function daemonOf(argv: readonly string[]): Daemon | undefined {
  return BY_PROGRAM.get(programOf(argv));
}
