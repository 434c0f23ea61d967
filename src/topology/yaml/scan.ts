import { Lexer, Parser } from 'yaml';
import type { CST } from 'yaml';

/** A code and the offsets where it applies. */
export interface Finding {
  readonly code: 'NL012' | 'NL019';
  readonly start: number;
  readonly end: number;
}

/**
 * The deepest nesting of collections that is read. The deepest value of a topology is eight levels down. The composer
 * recurses, and a nearly full stack kills the whole process (V8 aborts if it compiles a regular expression there).
 */
export const DEEPEST = 100;

const PLAIN_SCALAR_FOLLOWS = '\x1f';
const ODD_SPACE = /[\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/**
 * Returns the tokens of a text, and errors that can be found before its structure is known. If the nesting is too deep,
 * reading stops there and no tokens are returned.
 */
export function scan(
  text: string,
  onNewLine: (offset: number) => void,
): { tokens: readonly CST.Token[]; findings: readonly Finding[] } {
  const parser = new Parser(onNewLine);
  const tokens: CST.Token[] = [];
  const findings: Finding[] = [];
  onNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (parser.stack.length > DEEPEST) {
      return { tokens: [], findings: [...findings, { code: 'NL019', start: parser.offset, end: parser.offset + 1 }] };
    }
    const odd = isProse(lexeme) ? undefined : ODD_SPACE.exec(lexeme);
    if (odd != null && lexeme !== '\ufeff') {
      const start = parser.offset + odd.index;
      findings.push({ code: 'NL012', start, end: start + 1 });
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, findings };
}

/** True for comments and quoted text, where any character is allowed. */
function isProse(lexeme: string): boolean {
  return lexeme === PLAIN_SCALAR_FOLLOWS || lexeme.startsWith('#') || lexeme.startsWith('"') || lexeme.startsWith("'");
}
