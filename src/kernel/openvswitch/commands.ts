import type { FieldChange } from '../../model/change.ts';
import type { Command } from '../../model/command.ts';

/** Returns a command of ovs-vsctl(8): a part of a transaction. */
export function ovs(...words: string[]): Command {
  return { tool: 'ovs', words };
}

/**
 * Returns a string in the database's syntax (RFC 7047, `<string>`): quoted, so that a colon or an equals sign in it has
 * no meaning.
 */
export function ovsString(text: string): string {
  return JSON.stringify(text);
}

/** Returns the words that set entries of a map, such as `external_ids`. */
export function mapWords(column: string, entries: Readonly<Record<string, string>>): string[] {
  return Object.entries(entries).map(([key, value]) => `${column}:${ovsString(key)}=${ovsString(value)}`);
}

/** Adds a port: an access port of a VLAN, or a trunk (`null`). */
export function addPort(bridge: string, port: string, tag: number | null): Command {
  return ovs('--may-exist', 'add-port', bridge, port, ...(tag === null ? [] : [`tag=${tag}`]));
}

/** Deletes a port, whichever bridge it is in. */
export function delPort(port: string): Command {
  return ovs('--if-exists', 'del-port', port);
}

/** Makes a port an access port of another VLAN, or a trunk (`null`). */
export function setTag(port: string, tag: number | null): Command {
  return tag === null ? ovs('clear', 'Port', port, 'tag') : ovs('set', 'Port', port, `tag=${tag}`);
}

/** Makes a port a trunk of these VLANs alone; without any, a port of the VLAN that its tag says. */
export function setTrunks(port: string, vlans: readonly number[]): Command {
  if (vlans.length === 0) return ovs('clear', 'Port', port, 'vlan_mode', 'trunks');
  return ovs('set', 'Port', port, 'vlan_mode=trunk', `trunks=${vlans.join(',')}`);
}

/** Sets `external_ids` of an interface to the desired values of the fields `ids.…`. */
export function setIds(name: string, fields: readonly FieldChange[]): Command[] {
  return fields.flatMap(({ field, to }): Command[] => {
    if (!field.startsWith('ids.')) return [];
    const key = field.slice('ids.'.length);
    return typeof to === 'string'
      ? [ovs('set', 'Interface', name, ...mapWords('external_ids', { [key]: to }))]
      : [ovs('remove', 'Interface', name, 'external_ids', ovsString(key))];
  });
}
