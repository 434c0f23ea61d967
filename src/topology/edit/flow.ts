/** Text that every YAML parser reads as this string, also without quotes: names, UUIDs, IP addresses and prefixes. */
const PLAIN = /^(?:[A-Za-z_/][A-Za-z0-9_./-]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+(?:\.\d+){3}(?:\/\d+)?)$/;

/** A MAC without a letter is a number for parsers of YAML 1.1. */
const PLAIN_MAC = /^(?=.*[a-f])[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** Returns a value as one line of YAML: `{ node: net1, fixed_ips: [10.0.0.2] }`; with `json`, as JSON. */
export function flowText(value: unknown, json: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, json)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return flowMapping(pairsOf(value, json));
  return typeof value === 'string' ? stringText(value, json) : JSON.stringify(value);
}

/** Returns a mapping in flow style with these pairs. */
export function flowMapping(pairs: readonly string[]): string {
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Returns a pair of a mapping: `node: net1`. */
export function pairText(key: string, value: unknown, json: boolean): string {
  return `${stringText(key, json)}: ${flowText(value, json)}`;
}

function pairsOf(value: object, json: boolean): string[] {
  return Object.entries(value).map(([key, inner]) => pairText(key, inner, json));
}

function stringText(text: string, json: boolean): string {
  const isPlain = !json && (PLAIN.test(text) || PLAIN_MAC.test(text)) && !WORDS.has(text.toLowerCase());
  return isPlain ? text : JSON.stringify(text);
}

/** Words that some parser reads as something else than a string. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);
