import type { HeldPort } from '../../model/held.ts';
import type { HeldEntry } from './entries.ts';
import { isIpv4 } from '../../net/ipv4.ts';

/** The content of a node's file of derived values. */
export interface HeldFile {
  /** By the id of the port or floating IP. */
  readonly ports: ReadonlyMap<string, HeldPort>;
  /** By name. */
  readonly scopes: ReadonlyMap<string, number>;
  /** By the network's id. */
  readonly vlans: ReadonlyMap<string, number>;
  /** The entries of the topology file whose ids are derived from their keys. */
  readonly entries: readonly HeldEntry[];
}

const FIRST = 'netloom-held 1';
const LAST = 'end';

/** A longer text is not read. A line has at most some 300 characters. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/** Returns the lines of ports, in order of their ids. Nodes with the same networks share this text. */
export function portLines(ports: HeldFile['ports']): string {
  return sorted([...ports].map(([id, { mac, addresses }]) => `port ${id} ${mac ?? '-'} ${addresses.join(',') || '-'}`));
}

/**
 * Returns the text of the file: a line for each entry, port, scope and network, in order of id or name. The text of the
 * ports is not copied: V8 refers to both parts of a sum of strings, as long as no character of it is read.
 */
export function heldText({ ports, scopes, vlans, entries }: HeldFile, linesOfPorts = portLines(ports)): string {
  const before = sorted(entries.map(({ id, likeness, path }) => `entry ${id} ${likeness} ${path.join('/')}`));
  const after = sorted([
    ...[...scopes].map(([name, number]) => `scope ${name} ${String(number)}`),
    ...[...vlans].map(([id, tag]) => `vlan ${id} ${String(tag)}`),
  ]);
  return `${FIRST}\n${before}` + linesOfPorts + `${after}${LAST}\n`;
}

function sorted(lines: string[]): string {
  return lines.length === 0 ? '' : `${lines.sort().join('\n')}\n`;
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const PORT = new RegExp(`^port (${ID}) (-|[0-9a-f]{2}(?::[0-9a-f]{2}){5}) (-|[0-9.]+(?:,[0-9.]+){0,63})$`);
const SCOPE = /^scope ([A-Za-z0-9][A-Za-z0-9_.-]{0,62}) ([1-9]\d{0,4})$/;
const VLAN = new RegExp(`^vlan (${ID}) ([1-9]\\d{0,3})$`);

const NAME = '[A-Za-z0-9_.][A-Za-z0-9_.-]{0,62}';
const ENTRY = new RegExp(`^entry (${ID}) ([0-9a-f]{8}) ([a-z_]{1,20}/${NAME}(?:/(?:subnets|ports)/${NAME})?)$`);

/** Parses the text of a file; `undefined` if it is not one that `heldText` returns. */
export function parseHeld(text: string): HeldFile | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const lines = text.split('\n');
  if (lines.shift() !== FIRST || lines.pop() !== '' || lines.pop() !== LAST) return undefined;
  const ports = new Map<string, HeldPort>();
  const scopes = new Map<string, number>();
  const vlans = new Map<string, number>();
  const entries: HeldEntry[] = [];
  for (const line of lines) {
    const [, id, mac, list = ''] = PORT.exec(line) ?? [];
    if (id !== undefined) {
      const addresses = list === '-' ? [] : list.split(',');
      if (ports.has(id) || !addresses.every(isIpv4)) return undefined;
      ports.set(id, { addresses, ...(mac !== '-' && mac !== undefined && { mac }) });
      continue;
    }
    const [, entry, likeness, path] = ENTRY.exec(line) ?? [];
    if (entry !== undefined && likeness !== undefined && path !== undefined) {
      entries.push({ id: entry, likeness, path: path.split('/') });
      continue;
    }
    const [, scope, number] = SCOPE.exec(line) ?? [];
    const [, network, tag] = VLAN.exec(line) ?? [];
    if (scope !== undefined && !scopes.has(scope) && Number(number) < 2 ** 16) scopes.set(scope, Number(number));
    else if (network !== undefined && !vlans.has(network) && Number(tag) < 4095) vlans.set(network, Number(tag));
    else return undefined;
  }
  return { ports, scopes, vlans, entries };
}
