import { isList, type Json } from './nft-json.ts';

/**
 * Matches that only state the protocol of a packet. nft adds one to a rule that looks into that protocol; whether it
 * prints it depends on the version.
 */
const PROTOCOLS = new Set(['ether type', 'meta protocol', 'ip protocol', 'meta l4proto']);

/**
 * Returns an expression of `nft -j` (libnftables-json(5)) in nft's own language. An unknown expression stays JSON, and
 * so equals none of ours.
 */
export function expressionText(value: Json | undefined): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // An element of a map: its key, and a verdict.
  if (isList(value)) return value.map(expressionText).join(' : ');
  const [word = '', ...more] = Object.keys(value);
  const inner = value[word];
  if (more.length > 0 || inner === undefined) return JSON.stringify(value);
  if (word === 'concat' && isList(inner)) return inner.map(expressionText).join(' . ');
  if (word === 'set' && isList(inner)) return `{ ${inner.map(expressionText).sort().join(' , ')} }`;
  if (word === 'meta') return metaText(textIn(inner, 'key'));
  if (word === 'payload') return payloadText(inner);
  if (word === 'prefix') return `${textIn(inner, 'addr')}/${textIn(inner, 'len')}`;
  if (word === 'jump' || word === 'goto') return `${word} ${textIn(inner, 'target')}`;
  if (inner === null && (word === 'accept' || word === 'drop' || word === 'return')) return word;
  if (word === 'vmap') return `${textIn(inner, 'key')} vmap ${textIn(inner, 'data')}`;
  if (word === 'match') return matchText(inner);
  return JSON.stringify(value);
}

/** Returns a rule of `nft -j` in nft's own language, without matches that its other parts imply. */
export function ruleText(expressions: readonly Json[]): string {
  const texts = expressions.map(expressionText);
  return texts.filter((text, i) => !isImplied(text, texts.slice(i + 1))).join(' ');
}

function isImplied(text: string, rest: readonly string[]): boolean {
  const words = text.split(' ');
  const protocol = words[2];
  if (words.length !== 3 || protocol === undefined || !PROTOCOLS.has(words.slice(0, 2).join(' '))) return false;
  return rest.some((other) => other.startsWith(`${protocol} `) || other.includes(` . ${protocol} `));
}

function matchText(inner: Json): string {
  const [op, left, right] = ['op', 'left', 'right'].map((key) => textIn(inner, key));
  // Older versions print `in` for a set.
  return op === '==' || op === 'in' ? `${left} ${right}` : `${left} ${op} ${right}`;
}

/** A field of a protocol, or bits at an offset: `@th,288,48`. */
function payloadText(inner: Json): string {
  return inner !== null && typeof inner === 'object' && 'base' in inner
    ? `@${['base', 'offset', 'len'].map((key) => textIn(inner, key)).join(',')}`
    : `${textIn(inner, 'protocol')} ${textIn(inner, 'field')}`;
}

function metaText(key: string): string {
  return key === 'iifname' || key === 'oifname' ? key : `meta ${key}`;
}

function textIn(value: Json, key: string): string {
  return value !== null && typeof value === 'object' && !isList(value) ? expressionText(value[key]) : '';
}
