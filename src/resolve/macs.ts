import type { Held } from '../model/held.ts';
import { fnv1a } from '../net/fnv.ts';

/** Neutron's default base_mac: the first three octets are fixed. netloom derives the others from the port's id. */
const BASE_MAC = 'fa:16:3e';
const DRAWN = 2 ** 24;

/** A port that may lack a MAC. */
export interface MacSeeker {
  readonly id: string;
  readonly mac: string | undefined;
}

/**
 * Returns the MAC of each port by port id: the given one, else the held one if no other port has it, else one hashed
 * from the id. Each step is in order of the ids; if a hashed MAC is taken, the next higher free one is used.
 */
export function assignMacs(
  ports: readonly MacSeeker[],
  alsoTaken: Iterable<string>,
  held: Held['ports'],
): ReadonlyMap<string, string> {
  const taken = new Set(alsoTaken);
  const macs = new Map<string, string>();
  for (const port of ports) {
    if (port.mac === undefined) continue;
    taken.add(port.mac);
    macs.set(port.id, port.mac);
  }
  const seekers = ports.filter((port) => port.mac === undefined).map((port) => port.id);
  for (const id of seekers.sort()) {
    const mac = held.get(id)?.mac;
    if (mac === undefined || taken.has(mac)) continue;
    taken.add(mac);
    macs.set(id, mac);
  }
  for (const id of seekers) {
    if (macs.has(id)) continue;
    const drawn = hash(id) % DRAWN;
    let mac = format(drawn);
    for (let next = drawn + 1; taken.has(mac); next++) mac = format(next % DRAWN);
    taken.add(mac);
    macs.set(id, mac);
  }
  return macs;
}

function hash(text: string): number {
  const value = fnv1a(text);
  // Mixes the high bits into the low ones, because the remainder drops the high ones.
  return (value ^ (value >>> 24)) >>> 0;
}

function format(low: number): string {
  const hex = low.toString(16).padStart(6, '0');
  return `${BASE_MAC}:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
}
