import type { FieldChange } from '../../model/change.ts';
import type { Command } from '../../model/command.ts';

/** A part of a transaction. */
export function ovs(...words: string[]): Command {
  return { tool: 'ovs', words };
}

/**
 * A string as the database reads it (RFC 7047, `<string>`): quoted, so that a colon or an equals sign in it means
 * nothing.
 */
export function ovsString(text: string): string {
  return JSON.stringify(text);
}

/** Words that set entries of a map, such as `external_ids`. */
export function mapWords(column: string, entries: Readonly<Record<string, string>>): string[] {
  return Object.entries(entries).map(([key, value]) => `${column}:${ovsString(key)}=${ovsString(value)}`);
}

/** Makes a port, as an access port of a VLAN or as a trunk. */
export function addPort(bridge: string, port: string, tag: number | null): Command {
  return ovs('--may-exist', 'add-port', bridge, port, ...(tag === null ? [] : [`tag=${tag}`]));
}

/** Takes a port away, from whatever bridge it is in. */
export function delPort(port: string): Command {
  return ovs('--if-exists', 'del-port', port);
}

/** Makes a port an access port of another VLAN, or a trunk. */
export function setTag(port: string, tag: number | null): Command {
  return tag === null ? ovs('clear', 'Port', port, 'tag') : ovs('set', 'Port', port, `tag=${tag}`);
}

/** Brings `external_ids` of an interface to what the fields `ids.…` want. */
export function setIds(name: string, fields: readonly FieldChange[]): Command[] {
  return fields.flatMap(({ field, to }): Command[] => {
    if (!field.startsWith('ids.')) return [];
    const key = field.slice('ids.'.length);
    return typeof to === 'string'
      ? [ovs('set', 'Interface', name, ...mapWords('external_ids', { [key]: to }))]
      : [ovs('remove', 'Interface', name, 'external_ids', ovsString(key))];
  });
}
