import { programText } from '../programs/text.ts';
import type { Probe } from './probe.ts';

/** How long one attempt waits for an answer, in seconds. */
const TIMEOUT_S = 1;

const TCP = programText(new URL('./tcp.pl', import.meta.url));
const SPEAK = programText(new URL('./speak.pl', import.meta.url));
const DNS = programText(new URL('./dns.pl', import.meta.url));

/** Returns the command that tries a probe once, in the namespace of its sender. */
export function probeCommand(probe: Probe): readonly string[] {
  if (probe.protocol === 'ping') return ['ping', '-n', '-c', '1', '-W', String(TIMEOUT_S), probe.address];
  if (probe.protocol === 'dns') return ['perl', '-e', DNS, probe.name ?? '', String(TIMEOUT_S)];
  return ['perl', '-e', TCP, probe.address, String(probe.port ?? 0), String(TIMEOUT_S)];
}

/** Returns the command that tells whether the sender of a probe could get an answer, in the sender's namespace. */
export function speakCommand({ address, speaker }: Probe): readonly string[] {
  return ['perl', '-e', SPEAK, address, String(TIMEOUT_S), speaker.addresses.join(','), ...speaker.neighbours];
}

/** Returns the command that prints the addresses of a target, in its namespace. */
export function addressesCommand(): readonly string[] {
  return ['ip', '-4', '-o', 'address', 'show', 'up'];
}
