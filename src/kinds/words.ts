/** A value as text for people, not yet made safe for a terminal. `undefined` and `null` read `(none)`. */
export function inWords(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(inWords).join(', ');
  if (typeof value === 'object') {
    const text = factsInWords(value);
    return text === '' ? '(none)' : text;
  }
  return JSON.stringify(value);
}

/** All facts of an object as a sentence, nested ones as `a.b`; what is absent, empty or false is left out. */
export function factsInWords(spec: unknown): string {
  return sentence(facts(spec, '').map(([key, value]) => `${key} ${value}`));
}

function facts(spec: unknown, prefix: string): readonly (readonly [string, string])[] {
  if (spec === null || typeof spec !== 'object') return [];
  return Object.entries(spec).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + key;
    if (value === undefined || value === null || value === '' || value === false) return [];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, inWords(value)] as const];
    if (typeof value === 'object') return facts(value, `${name}.`);
    return [[name, inWords(value)] as const];
  });
}

/** Parts of a description; those that do not apply are `false` or empty. */
export function sentence(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(', ');
}

/** Where a port of a switch is. */
export function portInWords({ bridge, tag }: { readonly bridge: string; readonly tag: number | null }): string {
  return `in ${inWords(bridge)}${typeof tag === 'number' ? `, VLAN ${inWords(tag)}` : ''}`;
}
