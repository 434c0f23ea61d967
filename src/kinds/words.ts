/** Returns a value as text for people, not yet made safe for a terminal. `undefined` and `null` become `(none)`. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(asText).join(', ');
  if (typeof value === 'object') {
    const text = specAsText(value);
    return text === '' ? '(none)' : text;
  }
  return JSON.stringify(value);
}

/** Returns all properties of an object as text, nested ones as `a.b`; absent, empty and false ones are left out. */
export function specAsText(spec: unknown): string {
  return joinParts(facts(spec, '').map(([key, value]) => `${key} ${value}`));
}

function facts(spec: unknown, prefix: string): readonly (readonly [string, string])[] {
  if (spec === null || typeof spec !== 'object') return [];
  return Object.entries(spec).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + key;
    if (value === undefined || value === null || value === '' || value === false) return [];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, asText(value)] as const];
    if (typeof value === 'object') return facts(value, `${name}.`);
    return [[name, asText(value)] as const];
  });
}

/** Joins the parts of a description; those that do not apply are `false` or empty. */
export function joinParts(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(', ');
}

/** Describes where a port of a switch is. */
export function portAsText({ bridge, tag }: { readonly bridge: string; readonly tag: number | null }): string {
  return `in ${asText(bridge)}${typeof tag === 'number' ? `, VLAN ${asText(tag)}` : ''}`;
}
