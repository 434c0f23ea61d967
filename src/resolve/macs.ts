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
 * Returns the MAC of each port by port id: the given one, or one hashed from the id. Given MACs are taken first, then
 * the others in order of id; if a hashed MAC is taken, the next higher free one is used.
 */
export function assignMacs(ports: readonly MacSeeker[], alsoTaken: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set(alsoTaken);
  const macs = new Map<string, string>();
  for (const port of ports) {
    if (port.mac === undefined) continue;
    taken.add(port.mac);
    macs.set(port.id, port.mac);
  }
  const seekers = ports.filter((port) => port.mac === undefined).map((port) => port.id);
  for (const id of seekers.sort()) {
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
