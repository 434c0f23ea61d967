import { expressionText } from '../netfilter/nft-text.ts';

/** A value of `nft -j`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** True for a JSON list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Returns the only key of a JSON object and its value: `{ "match": … }`; empty for any other value. */
export function entryOf(value: Json | undefined): readonly [word: string, inner: Json] {
  if (value === null || typeof value !== 'object' || isList(value)) return ['', null];
  const [entry, ...more] = Object.entries(value);
  return entry === undefined || more.length > 0 ? ['', null] : entry;
}

/** Returns a member of a JSON object. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  return value !== null && typeof value === 'object' && !isList(value)
    ? (value as Readonly<Record<string, Json>>)[key]
    : undefined;
}

/** Returns a text or number as text; any other value is empty. */
export function wordOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Returns a rule of nft for people, in nft's own language as far as it is known here. */
export function ruleWords(expressions: readonly Json[]): string {
  return expressions
    .map((one) => {
      const [word, inner] = entryOf(one);
      if (word === 'counter') return '';
      if (word === 'match') return matchWords(inner);
      if (word === 'vmap') return `${operand(memberOf(inner, 'key'))} vmap ${operand(memberOf(inner, 'data'))}`;
      if (['reject', 'log', 'limit', 'xt', 'queue', 'notrack', 'masquerade'].includes(word)) return word;
      return expressionText(one);
    })
    .filter((text) => text !== '')
    .join(' ');
}

function matchWords(match: Json): string {
  const op = memberOf(match, 'op');
  const right = operand(memberOf(match, 'right'));
  return `${operand(memberOf(match, 'left'))} ${op === '==' || op === 'in' ? '' : `${wordOf(op)} `}${right}`;
}

function operand(value: Json | undefined): string {
  const [word, inner] = entryOf(value);
  if (word === 'ct' || word === 'fib') return `${word} ${wordOf(memberOf(inner, 'key') ?? memberOf(inner, 'result'))}`;
  if (word === 'set' && isList(inner)) return `{ ${inner.map(operand).join(', ')} }`;
  if (word === 'range' && isList(inner)) return inner.map(operand).join('-');
  if (word === 'elem') return operand(memberOf(inner, 'val'));
  return isList(value) ? value.map(operand).join(',') : expressionText(value);
}
