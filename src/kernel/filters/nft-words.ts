import { entryOf, isList, memberOf, wordOf, type Json } from '../netfilter/nft-json.ts';
import { expressionText } from '../netfilter/nft-text.ts';

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
