import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';
import { Brackets, type BracketFault } from './brackets.ts';
import { DEEPEST, MOST_ENTRIES } from './limits.ts';

/** A code and the offsets where it applies. */
export interface Finding {
  readonly code: 'NL010' | 'NL012' | 'NL019' | 'NL024';
  readonly start: number;
  readonly end: number;
  /** With NL010. */
  readonly bracket?: BracketFault;
}

const PLAIN_SCALAR_FOLLOWS = '\x1f';
const ODD_SPACE = /[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/** The tokens of a text, up to the first that the parser cannot recover from. */
export interface Scan {
  readonly tokens: readonly CST.Token[];
  readonly findings: readonly Finding[];
  /** The offset of that token: what follows it says nothing about the text. */
  readonly brokenAt?: number;
}

/**
 * Returns the tokens of a text, and errors that can be found before its structure is known. Reading stops at the first
 * token that fits nowhere, since each later one would be an error too. If the nesting is too deep or a collection too
 * large, it stops there and no tokens are returned.
 * @param most the number of findings, and of directives, after which reading stops: each can be an error
 */
export function scan(text: string, most: number): Scan {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const findings: Finding[] = [];
  let brokenAt: number | undefined;
  let directives = 0;
  const brackets = new Brackets();
  let plainFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    const excess = excessOf(parser);
    if (excess) return { tokens: [], findings: [...findings, excess] };
    const bracket = brackets.next(lexeme, parser.offset, plainFollows);
    plainFollows = lexeme === PLAIN_SCALAR_FOLLOWS;
    // What follows it is read as something else than was meant.
    if (bracket)
      return {
        tokens: [],
        findings: [...findings, { code: 'NL010', start: bracket.start, end: bracket.end, bracket }],
      };
    const odd = isProse(lexeme) ? undefined : ODD_SPACE.exec(lexeme);
    if (odd != null && lexeme !== '\ufeff') {
      const start = parser.offset + odd.index;
      findings.push({ code: 'NL012', start, end: start + 1 });
      if (findings.length > most) return { tokens: [], findings };
    }
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'directive') directives++;
      if (token.type === 'error' || directives > most) brokenAt ??= token.offset;
    }
    if (brokenAt !== undefined) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, findings, ...(brokenAt !== undefined && { brokenAt }) };
}

/** Returns what is too much in the open collections, at the parser's present position. */
function excessOf({ stack, offset: start }: Parser): Finding | undefined {
  if (stack.length > DEEPEST) return { code: 'NL019', start, end: start + 1 };
  const top = stack.at(-1);
  if (top === undefined || !('items' in top) || top.items.length <= MOST_ENTRIES) return undefined;
  return { code: 'NL024', start, end: start + 1 };
}

/** True for comments and quoted text, where any character is allowed. */
function isProse(lexeme: string): boolean {
  return lexeme === PLAIN_SCALAR_FOLLOWS || lexeme.startsWith('#') || lexeme.startsWith('"') || lexeme.startsWith("'");
}
